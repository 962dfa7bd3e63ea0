package dev.stele.server.record;

import com.fasterxml.jackson.databind.JsonNode;
import dev.stele.stateres.event.Pdu;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * How an event says that it relates to another one. Client-server API, "Forming relationships
 * between events".
 *
 * @param type the relationship type
 * @param parentId the event that it relates to
 * @param key of an annotation: what it annotates with; null if it does not say
 */
public record Relation(String type, String parentId, @Nullable String key) {
  public static final String ANNOTATION = "m.annotation";
  public static final String REFERENCE = "m.reference";
  public static final String REPLACE = "m.replace";
  public static final String THREAD = "m.thread";

  private static final int MAX_BYTES = 255;

  /** The relation of an event; nothing if it has none that could mean anything. */
  public static Optional<Relation> of(Pdu event) {
    return of(event.content());
  }

  /** The relation that is in an event's content. */
  public static Optional<Relation> of(JsonNode content) {
    JsonNode relation = content.path("m.relates_to");
    String type = relation.path("rel_type").textValue();
    String parent = relation.path("event_id").textValue();
    if (type == null || parent == null || !isName(type) || !isName(parent)) {
      return Optional.empty();
    }
    return parent.startsWith("$")
        ? Optional.of(new Relation(type, parent, relation.path("key").textValue()))
        : Optional.empty();
  }

  /**
   * Whether an event may replace its parent, as far as it can tell by itself. What is encrypted
   * says so where only clients can read it.
   */
  public static boolean mayReplace(Pdu event) {
    return !event.isState()
        && (event.type().equals("m.room.encrypted")
            || event.content().path("m.new_content").isObject());
  }

  private static boolean isName(String text) {
    return !text.isEmpty()
        && text.indexOf('\0') < 0
        && text.getBytes(StandardCharsets.UTF_8).length <= MAX_BYTES;
  }
}
