package dev.stele.server.room;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.stele.stateres.auth.Creators;
import dev.stele.stateres.event.Pdu;
import dev.stele.stateres.version.RoomVersion;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The power levels of a room, put the way that the version of its replacement wants them. Room
 * versions differ in who stands above all levels, and in whether a level may be a string.
 */
final class CarriedPowerLevels {
  private static final int ADMINISTRATOR = 100;
  private static final int CREATOR = 150;
  private static final List<String> MAPS = List.of("events", "notifications", "users");

  private CarriedPowerLevels() {}

  /**
   * @param levels the content of the old room's event
   * @param oldCreate the old room's create event
   * @param version the version of the new room
   * @param creators everybody who stands above all levels in the new room
   */
  static ObjectNode of(
      ObjectNode levels, Pdu oldCreate, RoomVersion version, Set<String> creators) {
    ObjectNode carried = integers(levels);
    MAPS.forEach(
        name -> {
          if (carried.has(name)) {
            carried.set(name, carried.get(name) instanceof ObjectNode map ? integers(map) : null);
          }
        });
    carried.remove(MAPS.stream().filter(name -> carried.path(name).isNull()).toList());
    if (version.creatorsArePrivileged()) {
      map(carried, "users").remove(creators);
      protectTombstone(carried);
    } else {
      ObjectNode users = map(carried, "users");
      Creators.privileged(oldCreate).forEach(user -> users.put(user, ADMINISTRATOR));
    }
    return carried;
  }

  /** From version 12 on, replacing a room must take more power than changing its state. */
  private static void protectTombstone(ObjectNode levels) {
    long stateDefault = levels.path("state_default").asLong(50);
    ObjectNode events = map(levels, "events");
    long least = Math.max(ADMINISTRATOR, stateDefault);
    if (events.path("m.room.tombstone").asLong(0) <= least) {
      events.put("m.room.tombstone", Math.max(CREATOR, stateDefault + 1));
    }
  }

  private static ObjectNode map(ObjectNode levels, String name) {
    return levels.get(name) instanceof ObjectNode map ? map : levels.putObject(name);
  }

  /** Old versions let levels be strings that spell an integer, and numbers with fractions. */
  private static ObjectNode integers(ObjectNode object) {
    ObjectNode integers = JsonNodeFactory.instance.objectNode();
    for (Map.Entry<String, JsonNode> entry : object.properties()) {
      JsonNode value = entry.getValue();
      if (value.isTextual()) {
        putSpelled(integers, entry.getKey(), value.textValue());
      } else {
        integers.set(entry.getKey(), value.isFloatingPointNumber() ? whole(value) : value);
      }
    }
    return integers;
  }

  private static JsonNode whole(JsonNode number) {
    return JsonNodeFactory.instance.numberNode(number.asLong());
  }

  private static void putSpelled(ObjectNode integers, String name, String text) {
    try {
      integers.put(name, Long.parseLong(text.strip()));
    } catch (NumberFormatException e) {
      // No level at all, for which the default holds.
    }
  }
}
