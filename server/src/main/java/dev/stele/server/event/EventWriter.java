package dev.stele.server.event;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.io.JsonStringEncoder;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.stele.server.record.Transaction;
import java.io.IOException;
import java.time.InstantSource;
import org.jspecify.annotations.Nullable;

/** Writes events into JSON answers, in the formats of the client-server API. */
public final class EventWriter {
  private static final JsonFactory FACTORY = new ObjectMapper().getFactory();

  private final InstantSource clock;

  public EventWriter(InstantSource clock) {
    this.clock = clock;
  }

  /** Which members an event is shown with. */
  public enum Format {
    /** With {@code room_id}: everywhere but in {@code /sync}. */
    WITH_ROOM_ID,
    /** Without {@code room_id}, which {@code /sync} gives around it. */
    WITHOUT_ROOM_ID
  }

  /** The factory of generators that {@link #write} writes to. */
  public static JsonFactory factory() {
    return FACTORY;
  }

  /** The time as of which ages are told, in milliseconds since the Unix epoch. */
  public long now() {
    return clock.millis();
  }

  /** Writes one event as an object. */
  public void write(JsonGenerator json, ShownEvent shown, Viewer viewer, Format format)
      throws IOException {
    json.writeStartObject();
    writeMembers(json, shown, viewer, format);
    json.writeEndObject();
  }

  private void writeMembers(JsonGenerator json, ShownEvent shown, Viewer viewer, Format format)
      throws IOException {
    KnownEvent event = shown.event();
    json.writeRaw(event.members());
    json.writeRaw(',');
    if (format == Format.WITH_ROOM_ID) {
      field(json, "room_id", event.pdu().roomId());
      json.writeRaw(',');
    }
    json.writeRaw("\"unsigned\":");
    writeUnsigned(json, shown, viewer, format);
  }

  /** Writes an event as stripped state: only what somebody who is not in the room may see. */
  public void writeStripped(JsonGenerator json, KnownEvent event) throws IOException {
    json.writeStartObject();
    json.writeObjectField("content", event.pdu().content());
    json.writeStringField("sender", event.pdu().sender());
    String stateKey = event.pdu().stateKey();
    json.writeStringField("state_key", stateKey == null ? "" : stateKey);
    json.writeStringField("type", event.pdu().type());
    json.writeEndObject();
  }

  private void writeUnsigned(JsonGenerator json, ShownEvent shown, Viewer viewer, Format format)
      throws IOException {
    StringBuilder unsigned = new StringBuilder("{\"age\":");
    unsigned.append(Math.max(0, clock.millis() - shown.event().pdu().originServerTs()));
    json.writeRaw(unsigned.toString());
    @Nullable Transaction transaction = shown.event().event().transaction();
    if (transaction != null
        && transaction.userId().equals(viewer.userId())
        && transaction.deviceId().equals(viewer.deviceId())) {
      json.writeRaw(',');
      field(json, "transaction_id", transaction.id());
    }
    KnownEvent replaced = shown.replaced();
    if (replaced != null) {
      json.writeRaw(",\"prev_content\":" + replaced.pdu().content() + ",");
      field(json, "replaces_state", replaced.id());
      json.writeRaw(',');
      field(json, "prev_sender", replaced.pdu().sender());
    }
    KnownEvent redaction = shown.redaction();
    if (redaction != null) {
      json.writeRaw(",\"redacted_because\":{");
      json.writeRaw(redaction.members());
      json.writeRaw(',');
      field(json, "room_id", redaction.pdu().roomId());
      json.writeRaw('}');
    }
    Bundle bundle = shown.bundle();
    if (bundle != null) {
      writeBundle(json, bundle, viewer, format);
    }
    json.writeRaw('}');
  }

  private void writeBundle(JsonGenerator json, Bundle bundle, Viewer viewer, Format format)
      throws IOException {
    String separator = ",\"m.relations\":{";
    ShownEvent replacement = bundle.replacement();
    if (replacement != null) {
      json.writeRaw(separator + "\"m.replace\":");
      writeNested(json, replacement, viewer, format);
      separator = ",";
    }
    if (!bundle.references().isEmpty()) {
      json.writeRaw(separator + "\"m.reference\":{\"chunk\":[");
      String comma = "";
      for (String eventId : bundle.references()) {
        json.writeRaw(comma + "{");
        field(json, "event_id", eventId);
        json.writeRaw('}');
        comma = ",";
      }
      json.writeRaw("]}");
      separator = ",";
    }
    Bundle.ThreadSummary thread = bundle.thread();
    if (thread != null) {
      json.writeRaw(separator + "\"m.thread\":{\"latest_event\":");
      writeNested(json, thread.latest(), viewer, format);
      json.writeRaw(",\"count\":" + thread.count());
      json.writeRaw(",\"current_user_participated\":" + thread.participated() + "}");
    }
    json.writeRaw('}');
  }

  /** An event inside of another one, in the same form. */
  private void writeNested(JsonGenerator json, ShownEvent shown, Viewer viewer, Format format)
      throws IOException {
    json.writeRaw('{');
    writeMembers(json, shown, viewer, format);
    json.writeRaw('}');
  }

  private static void field(JsonGenerator json, String name, String value) throws IOException {
    StringBuilder field = new StringBuilder(name.length() + value.length() + 8);
    field.append('"').append(name).append("\":\"");
    JsonStringEncoder.getInstance().quoteAsString(value, field);
    json.writeRaw(field.append('"').toString());
  }
}
