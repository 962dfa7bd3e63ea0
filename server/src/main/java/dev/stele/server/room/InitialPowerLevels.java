package dev.stele.server.room;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.stele.stateres.version.RoomVersion;

/** The power levels that a room begins with. */
final class InitialPowerLevels {
  private static final int ADMINISTRATOR = 100;
  private static final int MODERATOR = 50;

  /** Above administrators, for what only creators may do in rooms where they stand above all. */
  private static final int CREATOR = 150;

  private InitialPowerLevels() {}

  static ObjectNode of(NewRoom room) {
    ObjectNode levels = withoutUsers(room.version());
    levels.set("users", users(room));
    levels.setAll(room.powerLevels());
    return levels;
  }

  /** What actions take by default, and nobody to have it. */
  static ObjectNode withoutUsers(RoomVersion version) {
    ObjectNode levels = JsonNodeFactory.instance.objectNode();
    levels.put("users_default", 0);
    levels.set("events", events(version));
    levels.put("events_default", 0);
    levels.put("state_default", MODERATOR);
    levels.put("ban", MODERATOR);
    levels.put("kick", MODERATOR);
    levels.put("redact", MODERATOR);
    levels.put("invite", 0);
    levels.putObject("notifications").put("room", MODERATOR);
    return levels;
  }

  /** From version 12 on creators have no level that could be listed. */
  private static ObjectNode users(NewRoom room) {
    ObjectNode users = JsonNodeFactory.instance.objectNode();
    if (!room.version().creatorsArePrivileged()) {
      users.put(room.creator(), ADMINISTRATOR);
      if (room.preset().trustsInvitees()) {
        room.invited().forEach(invitee -> users.put(invitee, ADMINISTRATOR));
      }
    }
    return users;
  }

  private static ObjectNode events(RoomVersion version) {
    ObjectNode events = JsonNodeFactory.instance.objectNode();
    events.put("m.room.name", MODERATOR);
    events.put("m.room.avatar", MODERATOR);
    events.put("m.room.canonical_alias", MODERATOR);
    events.put("m.room.power_levels", ADMINISTRATOR);
    events.put("m.room.history_visibility", ADMINISTRATOR);
    events.put("m.room.encryption", ADMINISTRATOR);
    events.put("m.room.server_acl", ADMINISTRATOR);
    events.put("m.room.tombstone", version.creatorsArePrivileged() ? CREATOR : ADMINISTRATOR);
    return events;
  }
}
