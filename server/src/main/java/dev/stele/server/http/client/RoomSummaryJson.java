package dev.stele.server.http.client;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.stele.server.projection.RoomSummary;
import org.jspecify.annotations.Nullable;

/** Rooms as they look from outside, in JSON. */
final class RoomSummaryJson {
  private RoomSummaryJson() {}

  /** What the room directory shows of a room: {@code PublishedRoomsChunk}. */
  static ObjectNode chunk(RoomSummary room) {
    ObjectNode json = JsonNodeFactory.instance.objectNode().put("room_id", room.roomId());
    put(json, "name", room.look().name());
    put(json, "topic", room.look().topic());
    put(json, "canonical_alias", room.look().canonicalAlias());
    put(json, "avatar_url", room.look().avatarUrl());
    put(json, "room_type", room.nature().type().isEmpty() ? null : room.nature().type());
    return json.put("join_rule", room.access().joinRule())
        .put("num_joined_members", room.members().joined())
        .put("world_readable", room.access().worldReadable())
        .put("guest_can_join", room.access().guestsMayJoin());
  }

  /** All that can be known of a room from outside: {@code RoomSummary}. */
  static ObjectNode whole(RoomSummary room) {
    ObjectNode json = chunk(room).put("room_version", room.nature().version());
    put(json, "encryption", room.nature().encryption());
    if (!room.access().allowedRooms().isEmpty()) {
      room.access().allowedRooms().forEach(json.putArray("allowed_room_ids")::add);
    }
    return json;
  }

  private static void put(ObjectNode json, String name, @Nullable String value) {
    if (value != null) {
      json.put(name, value);
    }
  }
}
