package dev.stele.stateres.auth;

import static dev.stele.stateres.auth.AuthVerdict.allow;
import static dev.stele.stateres.auth.AuthVerdict.deny;

import com.fasterxml.jackson.databind.JsonNode;
import dev.stele.stateres.event.Pdu;
import dev.stele.stateres.id.UserId;

/** Rule 5: {@code m.room.member}. */
final class MemberRules {
  /** The key of a restricted join that names the user who let the joiner in. */
  static final String AUTHORISER = "join_authorised_via_users_server";

  private final AuthContext context;
  private final Pdu event;
  private final String sender;
  private final String target;

  private MemberRules(AuthContext context, String target) {
    this.context = context;
    this.event = context.event();
    this.sender = event.sender();
    this.target = target;
  }

  static AuthVerdict check(AuthContext context) {
    Pdu event = context.event();
    // 5.1. If there is no state_key property, or no membership property in content, reject.
    String target = event.stateKey();
    if (target == null) {
      return deny(AuthReason.MEMBER_WITHOUT_STATE_KEY, "a member event without state key");
    }
    if (!event.content().has("membership")) {
      return deny(AuthReason.MEMBER_WITHOUT_MEMBERSHIP, "a member event without membership");
    }
    // 5.2. From version 8. That the authoriser's server has signed is checked with the signatures.
    JsonNode authoriser = event.content().get(AUTHORISER);
    if (context.version().restrictedJoins() && authoriser != null && !isUser(authoriser)) {
      return deny(AuthReason.MEMBER_AUTHORISER_MALFORMED, AUTHORISER + " is no user");
    }
    return new MemberRules(context, target).checkMembership();
  }

  private AuthVerdict checkMembership() {
    String membership = event.contentText("membership");
    return switch (membership == null ? "" : membership) {
      case "join" -> checkJoin();
      case "invite" -> checkInvite();
      case "leave" -> checkLeave();
      case "ban" -> checkBan();
      case "knock" -> context.version().knocking() ? checkKnock() : unknownMembership();
      default -> unknownMembership();
    };
  }

  // 5.8. Otherwise, the membership is unknown. Reject.
  private AuthVerdict unknownMembership() {
    return deny(AuthReason.MEMBERSHIP_UNKNOWN, "an unknown membership");
  }

  // 5.3. join.
  private AuthVerdict checkJoin() {
    // 5.3.1. If the only previous event is the create event and the user is the creator, allow.
    if (isFirstJoin()) {
      return allow();
    }
    // 5.3.2. If the sender does not match state_key, reject.
    if (!sender.equals(target)) {
      return deny(AuthReason.JOIN_OF_OTHER_USER, "a join for " + target);
    }
    // 5.3.3. If the sender is banned, reject.
    String current = context.membership(target);
    if (current.equals("ban")) {
      return deny(AuthReason.JOIN_BANNED, target + " is banned");
    }
    boolean expected = current.equals("invite") || current.equals("join");
    String joinRule = context.joinRule();
    // 5.3.6. If the join_rule is public, allow.
    if (joinRule.equals("public")) {
      return allow();
    }
    // 5.3.4. invite, and from version 7 knock: allow if membership is invite or join.
    if (joinRule.equals("invite") || (joinRule.equals("knock") && context.version().knocking())) {
      return expected ? allow() : deny(AuthReason.JOIN_NOT_INVITED, target + " is not invited");
    }
    // 5.3.5. restricted from version 8, knock_restricted from version 10.
    if (isRestricted(joinRule)) {
      return expected ? allow() : checkAuthoriser();
    }
    // 5.3.7. Otherwise, reject.
    return deny(AuthReason.JOIN_RULE_UNKNOWN, "nobody joins by the rule " + joinRule);
  }

  private boolean isFirstJoin() {
    return event.prevEvents().size() == 1
        && event.prevEvents().get(0).equals(context.create().eventId())
        && target.equals(Creators.creator(context.create()));
  }

  private boolean isRestricted(String joinRule) {
    return (joinRule.equals("restricted") && context.version().restrictedJoins())
        || (joinRule.equals("knock_restricted") && context.version().knockRestricted());
  }

  // 5.3.5.2. The authoriser must be joined and may invite.
  private AuthVerdict checkAuthoriser() {
    String authoriser = event.contentText(AUTHORISER);
    boolean authorised =
        authoriser != null && context.isJoined(authoriser) && context.power().mayInvite(authoriser);
    return authorised
        ? allow()
        : deny(AuthReason.JOIN_NOT_AUTHORISED, "nobody who may invite has let " + target + " in");
  }

  // 5.4. invite.
  private AuthVerdict checkInvite() {
    // 5.4.1. If content has a third_party_invite property.
    if (event.content().has("third_party_invite")) {
      return new ThirdPartyInviteRules(context, target).check();
    }
    // 5.4.2. If the sender's current membership state is not join, reject.
    if (!context.isJoined(sender)) {
      return deny(AuthReason.INVITE_BY_OUTSIDER, sender + " is not in the room");
    }
    // 5.4.3. If the target user's current membership state is join or ban, reject.
    String current = context.membership(target);
    if (current.equals("join") || current.equals("ban")) {
      return deny(AuthReason.INVITE_OF_MEMBER_OR_BANNED, target + " has membership " + current);
    }
    // 5.4.4. If the sender's power level is at least the invite level, allow.
    return context.power().mayInvite(sender)
        ? allow()
        : deny(AuthReason.INVITE_NEEDS_POWER, sender + " may not invite");
  }

  // 5.5. leave.
  private AuthVerdict checkLeave() {
    String current = context.membership(target);
    // 5.5.1. If the sender matches state_key: must be invited, joined or, from version 7, knocking.
    if (sender.equals(target)) {
      boolean leavable =
          current.equals("invite")
              || current.equals("join")
              || (current.equals("knock") && context.version().knocking());
      return leavable ? allow() : deny(AuthReason.LEAVE_NOT_MEMBER, target + " is not in the room");
    }
    // 5.5.2. If the sender's current membership state is not join, reject.
    if (!context.isJoined(sender)) {
      return deny(AuthReason.KICK_BY_OUTSIDER, sender + " is not in the room");
    }
    // 5.5.3. To unban takes the ban level.
    if (current.equals("ban") && context.senderLevel() < context.power().banLevel()) {
      return deny(AuthReason.UNBAN_NEEDS_POWER, sender + " may not unban");
    }
    // 5.5.4. The kick level, and a target below the sender.
    return context.power().mayKick(sender, target)
        ? allow()
        : deny(AuthReason.KICK_NEEDS_POWER, sender + " may not kick " + target);
  }

  // 5.6. ban.
  private AuthVerdict checkBan() {
    // 5.6.1. If the sender's current membership state is not join, reject.
    if (!context.isJoined(sender)) {
      return deny(AuthReason.BAN_BY_OUTSIDER, sender + " is not in the room");
    }
    // 5.6.2. The ban level, and a target below the sender.
    return context.power().mayBan(sender, target)
        ? allow()
        : deny(AuthReason.BAN_NEEDS_POWER, sender + " may not ban " + target);
  }

  // 5.7. From version 7: knock.
  private AuthVerdict checkKnock() {
    // 5.7.1. The join rule must be knock or, from version 10, knock_restricted.
    String joinRule = context.joinRule();
    boolean possible =
        joinRule.equals("knock")
            || (joinRule.equals("knock_restricted") && context.version().knockRestricted());
    if (!possible) {
      return deny(AuthReason.KNOCK_NOT_POSSIBLE, "nobody knocks by the rule " + joinRule);
    }
    // 5.7.2. If sender does not match state_key, reject.
    if (!sender.equals(target)) {
      return deny(AuthReason.KNOCK_OF_OTHER_USER, "a knock for " + target);
    }
    // 5.7.3. If the sender's current membership is not ban, invite or join, allow.
    String current = context.membership(sender);
    boolean outside =
        !current.equals("ban") && !current.equals("invite") && !current.equals("join");
    return outside
        ? allow()
        : deny(AuthReason.KNOCK_OF_MEMBER_OR_BANNED, sender + " has membership " + current);
  }

  private static boolean isUser(JsonNode node) {
    return node.isTextual() && UserId.isValid(node.textValue());
  }
}
