package dev.stele.server.sync;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.stele.server.event.EventWriter;
import dev.stele.server.event.EventWriter.Format;
import dev.stele.server.event.KnownEvent;
import dev.stele.server.event.ShownEvent;
import dev.stele.server.event.Viewer;
import dev.stele.server.sync.SyncAnswer.RoomNews;
import dev.stele.server.sync.SyncAnswer.RoomOffer;
import dev.stele.server.sync.SyncAnswer.TypedContent;
import io.vertx.core.buffer.Buffer;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.function.Predicate;

/** Writes answers of {@code /sync} as JSON. Client-server API, "Syncing". */
final class SyncWriter {
  private final EventWriter events;

  SyncWriter(EventWriter events) {
    this.events = events;
  }

  Buffer write(SyncAnswer answer, Viewer viewer) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream(1024);
    try (JsonGenerator json = EventWriter.factory().createGenerator(bytes)) {
      json.writeStartObject();
      json.writeStringField("next_batch", answer.next().toString());
      if (!answer.accountData().isEmpty()) {
        writeTyped(json, "account_data", answer.accountData());
      }
      if (!answer.rooms().isEmpty() || !answer.offers().isEmpty()) {
        writeRooms(json, answer, viewer);
      }
      json.writeEndObject();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return Buffer.buffer(bytes.toByteArray());
  }

  private void writeRooms(JsonGenerator json, SyncAnswer answer, Viewer viewer) throws IOException {
    json.writeObjectFieldStart("rooms");
    writeNews(json, "join", answer.rooms(), room -> !room.left(), viewer);
    writeNews(json, "leave", answer.rooms(), RoomNews::left, viewer);
    writeOffers(json, "invite", "invite_state", answer.offers(), offer -> !offer.knocked());
    writeOffers(json, "knock", "knock_state", answer.offers(), RoomOffer::knocked);
    json.writeEndObject();
  }

  private void writeNews(
      JsonGenerator json,
      String section,
      List<RoomNews> rooms,
      Predicate<RoomNews> belongs,
      Viewer viewer)
      throws IOException {
    if (rooms.stream().noneMatch(belongs)) {
      return;
    }
    json.writeObjectFieldStart(section);
    for (RoomNews room : rooms) {
      if (belongs.test(room)) {
        json.writeObjectFieldStart(room.roomId());
        writeRoom(json, room, viewer);
        json.writeEndObject();
      }
    }
    json.writeEndObject();
  }

  private void writeRoom(JsonGenerator json, RoomNews room, Viewer viewer) throws IOException {
    json.writeObjectFieldStart("state");
    writeEvents(json, room.state(), viewer);
    json.writeEndObject();
    json.writeObjectFieldStart("timeline");
    writeEvents(json, room.timeline(), viewer);
    json.writeBooleanField("limited", room.limited());
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
    }
  }

  private void writeEvents(JsonGenerator json, List<ShownEvent> shown, Viewer viewer)
      throws IOException {
    json.writeArrayFieldStart("events");
    for (ShownEvent event : shown) {
      events.write(json, event, viewer, Format.WITHOUT_ROOM_ID);
    }
    json.writeEndArray();
  }

  private void writeOffers(
      JsonGenerator json,
      String section,
      String stateField,
      List<RoomOffer> offers,
      Predicate<RoomOffer> belongs)
      throws IOException {
    if (offers.stream().noneMatch(belongs)) {
      return;
    }
    json.writeObjectFieldStart(section);
    for (RoomOffer offer : offers) {
      if (belongs.test(offer)) {
        json.writeObjectFieldStart(offer.roomId());
        json.writeObjectFieldStart(stateField);
        json.writeArrayFieldStart("events");
        for (KnownEvent event : offer.state()) {
          events.writeStripped(json, event);
        }
        json.writeEndArray();
        json.writeEndObject();
        json.writeEndObject();
      }
    }
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
