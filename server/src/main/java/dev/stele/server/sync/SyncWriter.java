package dev.stele.server.sync;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.stele.server.event.EventWriter;
import dev.stele.server.event.KnownEvent;
import dev.stele.server.event.ShownEvent;
import dev.stele.server.presence.Presence;
import dev.stele.server.sync.SyncAnswer.RoomOffer;
import dev.stele.server.sync.SyncAnswer.TypedContent;
import dev.stele.server.unread.Counts;
import dev.stele.server.unread.Unread;
import io.vertx.core.buffer.Buffer;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/** Writes answers of {@code /sync} as JSON. Client-server API, "Syncing". */
final class SyncWriter {
  /** How an answer begins of which only the rooms that the user is in are known. */
  static final String BEGIN = "{\"rooms\":{\"join\":{";

  /** How a room ends: its state comes last, so that it may go on. */
  static final byte[] END_OF_STATE = {']', '}', '}'};

  private final EventWriter events;
  private final EventForms forms;

  SyncWriter(EventWriter events) {
    this.events = events;
    this.forms = new EventForms(events);
  }

  private interface Content {
    void write(JsonGenerator json) throws IOException;
  }

  /** A room that the user is in or has left. */
  byte[] encode(RoomNews room, SyncRequest request) {
    return object(json -> writeRoom(json, room, request));
  }

  /** Events that go on an array, which has some already or none. */
  byte[] encode(List<ShownEvent> shown, SyncRequest request, boolean begun) {
    byte[] whole =
        object(
            json -> {
              json.writeArrayFieldStart("");
              for (ShownEvent event : shown) {
                forms.write(json, event, request);
              }
              json.writeEndArray();
            });
    // {"":[ and ]}
    byte[] items = Arrays.copyOfRange(whole, 4, whole.length - 2);
    items[0] = (byte) (begun ? ',' : ' ');
    return items;
  }

  /** A room that the user may come into. */
  byte[] encode(RoomOffer offer) {
    return object(
        json -> {
          json.writeObjectFieldStart(offer.knocked() ? "knock_state" : "invite_state");
          json.writeArrayFieldStart("events");
          for (KnownEvent event : offer.state()) {
            events.writeStripped(json, event);
          }
          json.writeEndArray();
          json.writeEndObject();
        });
  }

  /** An answer: the whole, or what has not left yet. */
  Buffer encode(SyncAnswer answer, SyncToken next) {
    Buffer buffer = Buffer.buffer();
    if (answer.hasRooms()) {
      buffer.appendString(answer.begun() ? "" : "{\"rooms\":{");
      String comma = join(buffer, answer);
      comma = append(buffer, comma, "leave", answer.leave());
      comma = append(buffer, comma, "invite", answer.invite());
      var unused = append(buffer, comma, "knock", answer.knock());
      buffer.appendString("},");
    } else {
      buffer.appendString("{");
    }
    byte[] others =
        object(
            json -> {
              json.writeStringField("next_batch", next.toString());
              if (!answer.accountData().isEmpty()) {
                writeTyped(json, "account_data", answer.accountData());
              }
              if (!answer.presence().isEmpty()) {
                writePresence(json, answer.presence());
              }
              DeviceNews devices = answer.deviceNews();
              if (devices != null) {
                DeviceNewsWriter.write(json, devices);
              }
            });
    return buffer.appendBytes(others, 1, others.length - 1);
  }

  private static String join(Buffer buffer, SyncAnswer answer) {
    if (!answer.begun()) {
      return append(buffer, "", "join", answer.join());
    }
    buffer.appendBytes(answer.join().take()).appendString("}");
    return ",";
  }

  private static String append(Buffer buffer, String comma, String section, Fragments rooms) {
    if (rooms.isEmpty()) {
      return comma;
    }
    buffer.appendString(comma + "\"" + section + "\":{");
    buffer.appendBytes(rooms.take()).appendString("}");
    return ",";
  }

  private static byte[] object(Content content) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream(1024);
    try (JsonGenerator json = EventWriter.factory().createGenerator(bytes)) {
      json.writeStartObject();
      content.write(json);
      json.writeEndObject();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return bytes.toByteArray();
  }

  private void writeRoom(JsonGenerator json, RoomNews room, SyncRequest request)
      throws IOException {
    Slice slice = room.slice();
    MemberSummary summary = slice.summary();
    if (summary != null) {
      writeSummary(json, summary);
    }
    json.writeObjectFieldStart("timeline");
    writeEvents(json, slice.timeline(), request);
    json.writeBooleanField("limited", slice.limited());
    if (room.prevBatch() != null) {
      json.writeStringField("prev_batch", room.prevBatch());
    }
    json.writeEndObject();
    writeTyped(json, "account_data", room.accountData());
    if (!room.left()) {
      json.writeObjectFieldStart("ephemeral");
      json.writeArrayFieldStart("events");
      for (ObjectNode event : room.ephemeral()) {
        json.writeTree(event);
      }
      json.writeEndArray();
      json.writeEndObject();
      boolean byThread = request.filter().room().timeline().unreadThreadNotifications();
      writeUnread(json, room.unread(), byThread);
    }
    json.writeObjectFieldStart(request.stateAfter() ? "state_after" : "state");
    writeEvents(json, slice.state(), request);
    json.writeEndObject();
  }

  /** Client-server API, "Syncing": by thread, the main counts are those of what is in none. */
  private static void writeUnread(JsonGenerator json, Unread unread, boolean byThread)
      throws IOException {
    writeCounts(json, "unread_notifications", byThread ? unread.main() : unread.all());
    if (byThread && !unread.threads().isEmpty()) {
      json.writeObjectFieldStart("unread_thread_notifications");
      for (Map.Entry<String, Counts> thread : unread.threads().entrySet()) {
        writeCounts(json, thread.getKey(), thread.getValue());
      }
      json.writeEndObject();
    }
  }

  private static void writeCounts(JsonGenerator json, String field, Counts counts)
      throws IOException {
    json.writeObjectFieldStart(field);
    json.writeNumberField("highlight_count", counts.highlights());
    json.writeNumberField("notification_count", counts.notifications());
    json.writeEndObject();
  }

  private static void writeSummary(JsonGenerator json, MemberSummary summary) throws IOException {
    json.writeObjectFieldStart("summary");
    if (!summary.named()) {
      json.writeArrayFieldStart("m.heroes");
      for (var hero : summary.heroes()) {
        json.writeString(hero.stateKey());
      }
      json.writeEndArray();
    }
    json.writeNumberField("m.joined_member_count", summary.joined());
    json.writeNumberField("m.invited_member_count", summary.invited());
    json.writeEndObject();
  }

  private void writeEvents(JsonGenerator json, List<ShownEvent> shown, SyncRequest request)
      throws IOException {
    json.writeArrayFieldStart("events");
    for (ShownEvent event : shown) {
      forms.write(json, event, request);
    }
    json.writeEndArray();
  }

  private void writePresence(JsonGenerator json, List<Presence> presence) throws IOException {
    json.writeObjectFieldStart("presence");
    json.writeArrayFieldStart("events");
    for (Presence each : presence) {
      json.writeStartObject();
      json.writeStringField("type", "m.presence");
      json.writeStringField("sender", each.userId());
      json.writeFieldName("content");
      json.writeTree(each.content(events.now()));
      json.writeEndObject();
    }
    json.writeEndArray();
    json.writeEndObject();
  }

  private static void writeTyped(JsonGenerator json, String field, List<TypedContent> contents)
      throws IOException {
    json.writeObjectFieldStart(field);
    json.writeArrayFieldStart("events");
    for (TypedContent content : contents) {
      json.writeStartObject();
      json.writeStringField("type", content.type());
      json.writeFieldName("content");
      json.writeTree(content.content());
      json.writeEndObject();
    }
    json.writeEndArray();
    json.writeEndObject();
  }
}
