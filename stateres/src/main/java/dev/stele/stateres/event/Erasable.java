package dev.stele.stateres.event;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Splits an event into its redacted form and the rest, so that the rest can be stored apart and
 * erased. {@code merge(redacted, removed(full, redacted))} equals {@code full}.
 */
public final class Erasable {
  private Erasable() {}

  /** All of {@code full} that {@code redacted} lacks, at any depth; null when it lacks nothing. */
  public static @Nullable ObjectNode removed(ObjectNode full, ObjectNode redacted) {
    ObjectNode rest = JsonNodeFactory.instance.objectNode();
    for (Map.Entry<String, JsonNode> field : full.properties()) {
      JsonNode kept = redacted.get(field.getKey());
      JsonNode value = field.getValue();
      if (kept == null) {
        rest.set(field.getKey(), value);
      } else if (kept instanceof ObjectNode keptObject && value instanceof ObjectNode object) {
        ObjectNode inner = removed(object, keptObject);
        if (inner != null) {
          rest.set(field.getKey(), inner);
        }
      }
    }
    return rest.isEmpty() ? null : rest;
  }

  /** The full event again. The arguments are unchanged. */
  public static ObjectNode merge(ObjectNode redacted, @Nullable ObjectNode removed) {
    if (removed == null) {
      return redacted;
    }
    ObjectNode full = JsonNodeFactory.instance.objectNode();
    var unused = full.setAll(redacted);
    for (Map.Entry<String, JsonNode> field : removed.properties()) {
      JsonNode kept = redacted.get(field.getKey());
      JsonNode value = field.getValue();
      boolean partial = kept instanceof ObjectNode && value instanceof ObjectNode;
      full.set(field.getKey(), partial ? merge((ObjectNode) kept, (ObjectNode) value) : value);
    }
    return full;
  }
}
