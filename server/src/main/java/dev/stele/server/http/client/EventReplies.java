package dev.stele.server.http.client;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.stele.server.event.EventWriter;
import dev.stele.server.event.EventWriter.Format;
import dev.stele.server.event.ShownEvent;
import dev.stele.server.event.Viewer;
import dev.stele.server.history.EventContext;
import dev.stele.server.history.Page;
import dev.stele.server.history.PageToken;
import dev.stele.server.http.Reply;
import io.vertx.core.buffer.Buffer;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Answers that are made of events. Thread-safe. */
final class EventReplies {
  private final EventWriter writer;

  EventReplies(EventWriter writer) {
    this.writer = writer;
  }

  /** One event. */
  Reply one(ShownEvent event, Viewer viewer) {
    return encode(json -> writer.write(json, event, viewer, Format.WITH_ROOM_ID));
  }

  /** An array of events. */
  Reply array(List<ShownEvent> events, Viewer viewer) {
    return encode(json -> write(json, events, viewer));
  }

  /** Events with commas between them, without brackets around them. */
  Buffer items(List<ShownEvent> events, Viewer viewer) {
    return inside(json -> write(json, events, viewer));
  }

  /**
   * A page of history.
   *
   * @param state the members to show with it; left out if there are none
   */
  Reply page(Page page, List<ShownEvent> state, Viewer viewer) {
    return encode(
        json -> {
          json.writeStartObject();
          json.writeStringField("start", page.start().toString());
          if (page.end() != null) {
            json.writeStringField("end", page.end().toString());
          }
          json.writeFieldName("chunk");
          write(json, page.events(), viewer);
          if (!state.isEmpty()) {
            json.writeFieldName("state");
            write(json, state, viewer);
          }
          json.writeEndObject();
        });
  }

  /**
   * A page of what relates to an event, or of threads.
   *
   * @param from where it began; null for a first page
   * @param depth how far relations were followed; left out if null
   */
  Reply batch(Page page, @Nullable PageToken from, @Nullable Integer depth, Viewer viewer) {
    return encode(
        json -> {
          json.writeStartObject();
          json.writeFieldName("chunk");
          write(json, page.events(), viewer);
          if (page.end() != null) {
            json.writeStringField("next_batch", page.end().toString());
          }
          if (from != null) {
            json.writeStringField("prev_batch", from.toString());
          }
          if (depth != null) {
            json.writeNumberField("recursion_depth", depth);
          }
          json.writeEndObject();
        });
  }

  /** What happened from one place to another. */
  Reply stream(PageToken start, PageToken end, List<ShownEvent> events, Viewer viewer) {
    return encode(
        json -> {
          json.writeStartObject();
          json.writeStringField("start", start.toString());
          json.writeStringField("end", end.toString());
          json.writeFieldName("chunk");
          write(json, events, viewer);
          json.writeEndObject();
        });
  }

  /** An event with what is around it; ends with the state. */
  Buffer context(EventContext context, Viewer viewer) {
    return bytes(
        json -> {
          json.writeStartObject();
          json.writeStringField("start", context.start().toString());
          json.writeStringField("end", context.end().toString());
          json.writeFieldName("events_before");
          write(json, context.before(), viewer);
          json.writeFieldName("event");
          writer.write(json, context.event(), viewer, Format.WITH_ROOM_ID);
          json.writeFieldName("events_after");
          write(json, context.after(), viewer);
          json.writeFieldName("state");
          write(json, context.state(), viewer);
          json.writeEndObject();
        });
  }

  void write(JsonGenerator json, ShownEvent event, Viewer viewer) throws IOException {
    writer.write(json, event, viewer, Format.WITH_ROOM_ID);
  }

  void write(JsonGenerator json, List<ShownEvent> events, Viewer viewer) throws IOException {
    json.writeStartArray();
    for (ShownEvent event : events) {
      writer.write(json, event, viewer, Format.WITH_ROOM_ID);
    }
    json.writeEndArray();
  }

  static Reply encode(Content content) {
    return Reply.encoded(bytes(content));
  }

  /** What an array or an object holds, without the brackets or braces around it. */
  static Buffer inside(Content content) {
    Buffer whole = bytes(content);
    return whole.slice(1, whole.length() - 1);
  }

  static Buffer bytes(Content content) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream(2_048);
    try (JsonGenerator json = EventWriter.factory().createGenerator(bytes)) {
      content.write(json);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return Buffer.buffer(bytes.toByteArray());
  }

  /** Something to be written. */
  @FunctionalInterface
  interface Content {
    void write(JsonGenerator json) throws IOException;
  }
}
