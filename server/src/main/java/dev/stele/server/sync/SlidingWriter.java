package dev.stele.server.sync;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.databind.JsonNode;
import dev.stele.server.event.EventWriter;
import dev.stele.server.event.EventWriter.Format;
import dev.stele.server.event.KnownEvent;
import dev.stele.server.event.ShownEvent;
import dev.stele.server.event.Viewer;
import dev.stele.server.history.PageToken;
import dev.stele.server.sliding.RoomFace;
import dev.stele.server.sliding.SentRoom;
import dev.stele.server.unread.Counts;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Writes answers of simplified sliding sync as JSON: with the names of the proposal, and those of
 * its unstable form where clients know them by others.
 */
final class SlidingWriter {
  /**
   * How an answer begins. Its rooms come first, so that they can leave before the rest is known.
   */
  static final String BEGIN = "{\"rooms\":{";

  /** How a room ends that the user is in: its state comes last, so that it may go on. */
  static final byte[] END_OF_STATE = {']', '}'};

  private final EventWriter events;

  SlidingWriter(EventWriter events) {
    this.events = events;
  }

  /** One room. */
  byte[] encode(SlidingNews news, SlidingAsked asked) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream(1024);
    try (JsonGenerator json = EventWriter.factory().createGenerator(bytes)) {
      json.writeStartObject();
      writeLook(json, news);
      if (news.slice() != null) {
        writeSlice(json, news, news.slice(), asked);
      }
      if (!news.stripped().isEmpty()) {
        writeStripped(json, "invite_state", news.stripped());
        writeStripped(json, "stripped_state", news.stripped());
      }
      json.writeEndObject();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return bytes.toByteArray();
  }

  /** Events that go on an array, which has some already or none. */
  byte[] encode(List<ShownEvent> shown, Viewer viewer, boolean begun) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream(1024);
    try (JsonGenerator json = EventWriter.factory().createGenerator(bytes)) {
      json.writeStartArray();
      for (ShownEvent event : shown) {
        events.write(json, event, viewer, Format.WITHOUT_ROOM_ID);
      }
      json.writeEndArray();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    byte[] whole = bytes.toByteArray();
    whole[0] = (byte) (begun ? ',' : ' ');
    return Arrays.copyOf(whole, whole.length - 1);
  }

  /** What comes after the rooms. */
  byte[] end(String pos, Map<String, Integer> lists, SlidingExtensions.@Nullable Told extensions) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream(256);
    try (JsonGenerator json = EventWriter.factory().createGenerator(bytes)) {
      json.writeStartObject();
      json.writeStringField("pos", pos);
      json.writeObjectFieldStart("lists");
      for (Map.Entry<String, Integer> list : lists.entrySet()) {
        json.writeObjectFieldStart(list.getKey());
        json.writeNumberField("count", list.getValue());
        json.writeEndObject();
      }
      json.writeEndObject();
      json.writeObjectFieldStart("extensions");
      if (extensions != null) {
        writeExtensions(json, extensions);
      }
      json.writeEndObject();
      json.writeEndObject();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    byte[] members = bytes.toByteArray();
    members[0] = ',';
    byte[] end = new byte[members.length + 1];
    end[0] = '}';
    System.arraycopy(members, 0, end, 1, members.length);
    return end;
  }

  private static void writeExtensions(JsonGenerator json, SlidingExtensions.Told told)
      throws IOException {
    for (Map.Entry<String, JsonNode> extension : told.data().properties()) {
      json.writeFieldName(extension.getKey());
      json.writeTree(extension.getValue());
    }
    if (told.wanted().toDevice() != null) {
      json.writeObjectFieldStart("to_device");
      json.writeStringField("next_batch", told.devices().inbox().token().toString());
      DeviceNewsWriter.writeEvents(json, told.devices().inbox().messages());
      json.writeEndObject();
    }
    if (told.wanted().e2ee()) {
      json.writeObjectFieldStart("e2ee");
      DeviceNewsWriter.writeKeys(json, told.devices());
      json.writeEndObject();
    }
  }

  private static void writeLook(JsonGenerator json, SlidingNews news) throws IOException {
    SlidingRoom room = news.room();
    RoomFace face = news.face();
    SentRoom sent = room.sent();
    RoomFace before = room.isInitial() || sent == null ? null : sent.face();
    if (before == null) {
      json.writeBooleanField("initial", true);
    }
    json.writeStringField("membership", face.membership());
    if (!room.lists().isEmpty()) {
      json.writeArrayFieldStart("lists");
      for (String list : room.lists()) {
        json.writeString(list);
      }
      json.writeEndArray();
    }
    if (before == null || before.bumpStamp() != face.bumpStamp()) {
      json.writeNumberField("bump_stamp", face.bumpStamp());
    }
    if (before == null ? face.direct() : before.direct() != face.direct()) {
      json.writeBooleanField("is_dm", face.direct());
    }
    if (room.isJoined()) {
      writeName(json, before, face);
      writeMembers(json, before, news);
      writeUnread(json, before, face.unread());
    }
  }

  /** Not in the proposal any more, but clients go by it. */
  private static void writeUnread(JsonGenerator json, @Nullable RoomFace before, Counts unread)
      throws IOException {
    if (before == null || !before.unread().equals(unread)) {
      json.writeNumberField("notification_count", unread.notifications());
      json.writeNumberField("highlight_count", unread.highlights());
    }
  }

  private static void writeName(JsonGenerator json, @Nullable RoomFace before, RoomFace face)
      throws IOException {
    if (before == null ? face.name() != null : !Objects.equals(before.name(), face.name())) {
      json.writeStringField("name", face.name());
    }
    if (before == null ? face.avatar() != null : !Objects.equals(before.avatar(), face.avatar())) {
      json.writeStringField("avatar", face.avatar());
    }
  }

  private static void writeMembers(JsonGenerator json, @Nullable RoomFace before, SlidingNews news)
      throws IOException {
    RoomFace face = news.face();
    if (before == null || before.joined() != face.joined() || before.invited() != face.invited()) {
      json.writeNumberField("joined_count", face.joined());
      json.writeNumberField("invited_count", face.invited());
    }
    if (news.heroes().isEmpty() || (before != null && before.heroes().equals(face.heroes()))) {
      return;
    }
    json.writeArrayFieldStart("heroes");
    for (ShownEvent hero : news.heroes()) {
      var pdu = hero.event().pdu();
      json.writeStartObject();
      json.writeStringField("user_id", pdu.stateKey());
      for (String field : List.of("displayname", "avatar_url")) {
        String text = pdu.contentText(field);
        if (text != null) {
          json.writeStringField(field, text);
        }
      }
      json.writeEndObject();
    }
    json.writeEndArray();
  }

  private void writeSlice(JsonGenerator json, SlidingNews news, Slice slice, SlidingAsked asked)
      throws IOException {
    writeEvents(json, "timeline", slice.timeline(), asked.viewer());
    if (slice.start() != null) {
      json.writeStringField("prev_batch", PageToken.of(slice.start()).toString());
    }
    json.writeBooleanField("limited", slice.limited());
    long known = asked.base().state().position();
    json.writeNumberField(
        "num_live",
        asked.base().state().isNew()
            ? 0
            : slice.timeline().stream().filter(e -> e.event().position() > known).count());
    if (news.room().hasLongerTimeline()) {
      json.writeBooleanField("expanded_timeline", true);
      json.writeBooleanField("unstable_expanded_timeline", true);
    }
    writeEvents(json, "required_state", slice.state(), asked.viewer());
  }

  private void writeEvents(JsonGenerator json, String field, List<ShownEvent> shown, Viewer viewer)
      throws IOException {
    json.writeArrayFieldStart(field);
    for (ShownEvent event : shown) {
      events.write(json, event, viewer, Format.WITHOUT_ROOM_ID);
    }
    json.writeEndArray();
  }

  private void writeStripped(JsonGenerator json, String field, List<KnownEvent> state)
      throws IOException {
    json.writeArrayFieldStart(field);
    for (KnownEvent event : state) {
      events.writeStripped(json, event);
    }
    json.writeEndArray();
  }
}
