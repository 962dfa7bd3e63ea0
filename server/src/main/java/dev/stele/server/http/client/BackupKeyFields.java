package dev.stele.server.http.client;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.stele.api.ErrorCode;
import dev.stele.api.Limits;
import dev.stele.server.http.BadRequest;
import dev.stele.server.http.Body;
import dev.stele.server.record.BackedUpKey;
import dev.stele.stateres.id.RoomId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** What requests that store room keys say. */
final class BackupKeyFields {
  private BackupKeyFields() {}

  /** The keys of an object with {@code rooms}. */
  static List<BackedUpKey> rooms(Body body) {
    List<BackedUpKey> keys = new ArrayList<>();
    for (Map.Entry<String, JsonNode> room : body.requiredObject("rooms").properties()) {
      if (RoomId.parse(room.getKey()).isEmpty()) {
        throw new BadRequest(ErrorCode.INVALID_PARAM, "rooms has a name that is no room id");
      }
      keys.addAll(sessions(room.getKey(), new Body(object(room.getValue(), "rooms"))));
    }
    return keys;
  }

  /** The keys of an object with {@code sessions}. */
  static List<BackedUpKey> sessions(String roomId, Body body) {
    List<BackedUpKey> keys = new ArrayList<>();
    for (Map.Entry<String, JsonNode> session : body.requiredObject("sessions").properties()) {
      keys.add(key(roomId, session.getKey(), new Body(object(session.getValue(), "sessions"))));
    }
    return keys;
  }

  /** The key that an object is. */
  static BackedUpKey key(String roomId, String sessionId, Body body) {
    if (sessionId.isEmpty()
        || sessionId.length() > Limits.MAX_ID_BYTES
        || sessionId.indexOf('\0') >= 0) {
      throw new BadRequest(ErrorCode.INVALID_PARAM, "A session id is empty or too long");
    }
    return new BackedUpKey(
        roomId,
        sessionId,
        count(body, "first_message_index"),
        count(body, "forwarded_count"),
        body.requiredBool("is_verified"),
        body.requiredObject("session_data"));
  }

  private static long count(Body body, String field) {
    long count = body.requiredInteger(field);
    if (count < 0) {
      throw new BadRequest(ErrorCode.INVALID_PARAM, field + " must not be negative");
    }
    return count;
  }

  private static ObjectNode object(JsonNode node, String field) {
    if (!(node instanceof ObjectNode object)) {
      throw new BadRequest(ErrorCode.BAD_JSON, field + " must be an object of objects");
    }
    return object;
  }
}
