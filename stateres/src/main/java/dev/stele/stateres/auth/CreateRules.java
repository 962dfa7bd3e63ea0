package dev.stele.stateres.auth;

import static dev.stele.stateres.auth.AuthVerdict.allow;
import static dev.stele.stateres.auth.AuthVerdict.deny;

import com.fasterxml.jackson.databind.JsonNode;
import dev.stele.stateres.event.Pdu;
import dev.stele.stateres.version.RoomVersion;
import org.jspecify.annotations.Nullable;

/** Rule 1: {@code m.room.create}. */
final class CreateRules {
  private CreateRules() {}

  static AuthVerdict check(Pdu event) {
    // 1.1. If it has any prev_events, reject.
    if (!event.prevEvents().isEmpty()) {
      return deny(AuthReason.CREATE_NOT_FIRST, "a create event with previous events");
    }
    // 1.2. From version 12: if the event has a room_id, reject.
    if (event.version().roomIdIsCreateHash()) {
      if (event.json().has("room_id")) {
        return deny(AuthReason.CREATE_HAS_ROOM_ID, "a create event with a room id");
      }
    } else if (!AuthRules.sameServer(event.roomId(), event.sender())) {
      // 1.2. Until version 11: the domain of the room_id must be that of the sender.
      return deny(
          AuthReason.CREATE_ROOM_ID_OF_OTHER_SERVER, "the room id is of another server's making");
    }
    // 1.3. If content.room_version is present and is not a recognised version, reject.
    if (!isVersionKnown(event.content().get("room_version"))) {
      return deny(AuthReason.CREATE_VERSION_UNKNOWN, "an unknown room version");
    }
    // 1.4. Until version 10: if content has no creator property, reject.
    if (event.version().creatorInContent() && !event.content().has("creator")) {
      return deny(AuthReason.CREATE_WITHOUT_CREATOR, "a create event without creator");
    }
    // 1.4. From version 12: additional_creators must be an array of user ids.
    if (event.version().creatorsArePrivileged() && !Creators.areWellFormed(event)) {
      return deny(
          AuthReason.CREATE_ADDITIONAL_CREATORS_MALFORMED, "additional creators who are no users");
    }
    // 1.5. Otherwise, allow.
    return allow();
  }

  private static boolean isVersionKnown(@Nullable JsonNode version) {
    return version == null
        || (version.isTextual() && RoomVersion.of(version.textValue()).isPresent());
  }
}
