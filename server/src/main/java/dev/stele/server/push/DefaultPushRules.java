package dev.stele.server.push;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.util.List;

/**
 * The rules that every user has until they change them. Client-server API, "Predefined Rules". Each
 * kind lists its rules in the order in which they are tried.
 */
final class DefaultPushRules {
  /** The one rule that comes before those of the user. */
  static final String MASTER = ".m.rule.master";

  private static final PushAction NOTIFY = PushAction.NOTIFY;
  private static final PushAction HIGHLIGHT = PushAction.tweak("highlight");
  private static final PushAction SOUND = PushAction.tweak("sound", "default");
  private static final PushAction RING = PushAction.tweak("sound", "ring");

  private DefaultPushRules() {}

  /** The rules of a kind for a user. */
  static List<PushRule> of(RuleKind kind, String userId) {
    return switch (kind) {
      case OVERRIDE -> override(userId);
      case UNDERRIDE -> underride();
      case CONTENT, ROOM, SENDER -> List.of();
    };
  }

  private static List<PushRule> override(String userId) {
    return List.of(
        PushRule.of(MASTER).withEnabled(false),
        PushRule.of(".m.rule.suppress_notices").matching("content.msgtype", "m.notice"),
        PushRule.of(".m.rule.invite_for_me", NOTIFY, SOUND)
            .matching("type", "m.room.member")
            .matching("content.membership", "invite")
            .matching("state_key", userId),
        PushRule.of(".m.rule.member_event").matching("type", "m.room.member"),
        PushRule.of(".m.rule.is_user_mention", NOTIFY, SOUND, HIGHLIGHT)
            .containing("content.m\\.mentions.user_ids", userId),
        PushRule.of(".m.rule.is_room_mention", NOTIFY, HIGHLIGHT)
            .being("content.m\\.mentions.room", JsonNodeFactory.instance.booleanNode(true))
            .allowedToNotify("room"),
        PushRule.of(".m.rule.tombstone", NOTIFY, HIGHLIGHT)
            .matching("type", "m.room.tombstone")
            .matching("state_key", ""),
        PushRule.of(".m.rule.reaction").matching("type", "m.reaction"),
        PushRule.of(".m.rule.room.server_acl")
            .matching("type", "m.room.server_acl")
            .matching("state_key", ""),
        PushRule.of(".m.rule.suppress_edits")
            .being(
                "content.m\\.relates_to.rel_type", JsonNodeFactory.instance.textNode("m.replace")));
  }

  private static List<PushRule> underride() {
    return List.of(
        PushRule.of(".m.rule.call", NOTIFY, RING).matching("type", "m.call.invite"),
        PushRule.of(".m.rule.encrypted_room_one_to_one", NOTIFY, SOUND)
            .inRoomsOf("2")
            .matching("type", "m.room.encrypted"),
        PushRule.of(".m.rule.room_one_to_one", NOTIFY, SOUND)
            .inRoomsOf("2")
            .matching("type", "m.room.message"),
        PushRule.of(".m.rule.message", NOTIFY).matching("type", "m.room.message"),
        PushRule.of(".m.rule.encrypted", NOTIFY).matching("type", "m.room.encrypted"));
  }
}
