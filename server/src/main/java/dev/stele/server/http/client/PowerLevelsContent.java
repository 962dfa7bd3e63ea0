package dev.stele.server.http.client;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.stele.api.ErrorCode;
import dev.stele.server.http.BadRequest;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The form of power levels that clients may send. Old room versions would let more pass, to
 * nobody's good.
 */
final class PowerLevelsContent {
  private static final long MAX_LEVEL = (1L << 53) - 1;
  private static final List<String> LEVELS =
      List.of(
          "ban", "events_default", "invite", "kick", "redact", "state_default", "users_default");
  private static final List<String> MAPS = List.of("events", "notifications", "users");

  private PowerLevelsContent() {}

  /**
   * Checks that levels are integers and maps are maps of integers.
   *
   * @throws BadRequest {@code M_BAD_JSON}
   */
  static void check(ObjectNode content) {
    for (String name : LEVELS) {
      checkLevel(name, content.get(name));
    }
    for (String name : MAPS) {
      JsonNode map = content.get(name);
      if (map != null && !map.isObject()) {
        throw malformed(name + " must be an object");
      }
      for (Map.Entry<String, JsonNode> level : content.path(name).properties()) {
        checkLevel(name + "." + level.getKey(), level.getValue());
      }
    }
  }

  private static void checkLevel(String name, @Nullable JsonNode level) {
    if (level != null
        && !(level.isIntegralNumber()
            && level.canConvertToLong()
            && Math.abs(level.longValue()) <= MAX_LEVEL)) {
      throw malformed(name + " must be an integer");
    }
  }

  private static BadRequest malformed(String message) {
    return new BadRequest(ErrorCode.BAD_JSON, "Power levels: " + message);
  }
}
