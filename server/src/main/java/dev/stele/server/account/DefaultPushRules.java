package dev.stele.server.account;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;

/**
 * The rules that every user has until they change them. Client-server API, "Predefined Rules". Each
 * kind lists its rules in the order in which they are tried.
 */
public final class DefaultPushRules {
  private static final PushAction NOTIFY = PushAction.NOTIFY;
  private static final PushAction HIGHLIGHT = PushAction.tweak("highlight");
  private static final PushAction SOUND = PushAction.tweak("sound", "default");
  private static final PushAction RING = PushAction.tweak("sound", "ring");

  private DefaultPushRules() {}

  /** The content of {@code m.push_rules} for a user: a new object that the caller may change. */
  public static ObjectNode of(String userId) {
    ObjectNode content = JsonNodeFactory.instance.objectNode();
    ObjectNode global = content.putObject("global");
    override(userId).forEach(rule -> global.withArray("/override").add(rule.json()));
    global.putArray("content");
    global.putArray("room");
    global.putArray("sender");
    underride().forEach(rule -> global.withArray("/underride").add(rule.json()));
    return content;
  }

  private static List<PushRule> override(String userId) {
    return List.of(
        PushRule.of(".m.rule.master").disabled(),
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
