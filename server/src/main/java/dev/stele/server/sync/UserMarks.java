package dev.stele.server.sync;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * How a user has marked rooms: as direct chats and by tags, read off their account data. Belongs to
 * one event loop.
 */
final class UserMarks {
  private Set<String> direct = Set.of();
  private final Map<String, Set<String>> tags = new HashMap<>();

  /** Takes a piece of account data, of a room or, with none, of all. */
  void fold(@Nullable String roomId, String type, @Nullable JsonNode content) {
    boolean global = roomId == null || roomId.isEmpty();
    if (global && type.equals("m.direct")) {
      direct = rooms(content);
    } else if (!global && type.equals("m.tag")) {
      tags.put(roomId, names(content));
    }
  }

  boolean direct(String roomId) {
    return direct.contains(roomId);
  }

  Set<String> tags(String roomId) {
    return tags.getOrDefault(roomId, Set.of());
  }

  private static Set<String> rooms(@Nullable JsonNode content) {
    Set<String> rooms = new HashSet<>();
    if (content != null) {
      content.forEach(ids -> ids.forEach(id -> rooms.add(id.asText())));
    }
    return rooms;
  }

  private static Set<String> names(@Nullable JsonNode content) {
    Set<String> names = new HashSet<>();
    if (content != null) {
      content.path("tags").fieldNames().forEachRemaining(names::add);
    }
    return names;
  }
}
