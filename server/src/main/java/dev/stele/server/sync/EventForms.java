package dev.stele.server.sync;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.stele.server.event.EventWriter;
import dev.stele.server.event.EventWriter.Format;
import dev.stele.server.event.ShownEvent;
import dev.stele.server.filter.EventFields;
import dev.stele.server.filter.Filter.EventFormat;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * Writes events in the form that a filter asks for: as a rule what is encoded already; for clients
 * that want certain fields, or events as servers exchange them, a tree of their own.
 */
final class EventForms {
  private static final ObjectMapper MAPPER = new JsonMapper();

  private final EventWriter events;

  EventForms(EventWriter events) {
    this.events = events;
  }

  void write(JsonGenerator json, ShownEvent event, SyncRequest request) throws IOException {
    @Nullable EventFields fields = request.filter().eventFields();
    boolean federation = request.filter().eventFormat() == EventFormat.FEDERATION;
    if (fields == null && !federation) {
      events.write(json, event, request.viewer(), Format.WITHOUT_ROOM_ID);
      return;
    }
    ObjectNode tree = tree(event, request);
    if (federation) {
      tree = federation(event, tree);
    }
    json.writeTree(fields == null ? tree : fields.of(tree));
  }

  private ObjectNode tree(ShownEvent event, SyncRequest request) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream(1024);
    try (JsonGenerator json = EventWriter.factory().createGenerator(bytes)) {
      events.write(json, event, request.viewer(), Format.WITHOUT_ROOM_ID);
    }
    return (ObjectNode) MAPPER.readTree(bytes.toByteArray());
  }

  /** The event as servers exchange it, with the id that it is known by. */
  private static ObjectNode federation(ShownEvent event, ObjectNode client) {
    ObjectNode raw = event.event().pdu().json().deepCopy();
    raw.set("event_id", client.get("event_id"));
    raw.set("unsigned", client.get("unsigned"));
    return raw;
  }
}
