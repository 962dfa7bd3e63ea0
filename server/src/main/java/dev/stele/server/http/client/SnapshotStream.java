package dev.stele.server.http.client;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.stele.server.event.ClientEvents;
import dev.stele.server.event.ShownEvent;
import dev.stele.server.event.Viewer;
import dev.stele.server.history.PageToken;
import dev.stele.server.http.Reply;
import dev.stele.server.projection.AccountDataRow;
import dev.stele.server.projection.MembershipRow;
import dev.stele.server.projection.RoomSpan;
import dev.stele.server.projection.Rooms;
import dev.stele.server.projection.StatePiece;
import dev.stele.server.projection.StateRow;
import dev.stele.server.projection.UserData;
import dev.stele.server.sync.RoomSnapshot;
import dev.stele.server.sync.RoomSnapshots;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Answers with rooms as a user finds them. They are read and written some at a time, and large ones
 * bit by bit, so that nobody is in too many rooms to be answered, and others are served between.
 * Thread-safe.
 */
final class SnapshotStream {
  private static final long NOW = Long.MAX_VALUE - 1;

  /** How many rooms to read at a time, and how many messages of all of them. */
  private static final int MAX_ROOMS = 20;

  private static final int MAX_MESSAGES = 1_000;

  private final Rooms rooms;
  private final ClientEvents events;
  private final RoomSnapshots snapshots;
  private final EventReplies replies;

  SnapshotStream(Rooms rooms, ClientEvents events, RoomSnapshots snapshots, EventReplies replies) {
    this.rooms = rooms;
    this.events = events;
    this.snapshots = snapshots;
    this.replies = replies;
  }

  /** What is asked for: who asks, as of when, and how many events of each room. */
  record Question(Viewer viewer, long upTo, int limit) {}

  /**
   * A room that was found.
   *
   * @param membership the user's; null if they never had one
   * @param data what they stored for the room
   */
  record Found(RoomSnapshot room, @Nullable String membership, List<AccountDataRow> data) {}

  /** An answer that is one room. */
  Reply room(Viewer viewer, Found found) {
    return new Reply.Streamed(
        outlet -> {
          Writing writing = new Writing(viewer, outlet);
          return writing.room(found, "").compose(done -> writing.flush());
        });
  }

  /**
   * An answer that is all of a user's rooms.
   *
   * @param data what they stored, by room
   */
  Reply rooms(
      Question question, List<MembershipRow> members, Map<String, List<AccountDataRow>> data) {
    int size = Math.max(1, Math.min(MAX_ROOMS, MAX_MESSAGES / question.limit()));
    return new Reply.Streamed(
        outlet -> {
          Writing writing = new Writing(question.viewer, outlet);
          writing.pending.appendBuffer(head(question, data));
          return new Walk(question, members, data, writing, size)
              .from(0)
              .compose(
                  done -> {
                    writing.pending.appendString("]}");
                    return writing.flush();
                  });
        });
  }

  /** The answer up to its first room. */
  private static Buffer head(Question question, Map<String, List<AccountDataRow>> data) {
    Buffer whole =
        EventReplies.bytes(
            json -> {
              json.writeStartObject();
              json.writeStringField("end", new PageToken.Stream(question.upTo).toString());
              json.writeArrayFieldStart("presence");
              json.writeEndArray();
              writeData(json, data.getOrDefault(UserData.GLOBAL, List.of()));
              json.writeArrayFieldStart("rooms");
              json.writeEndArray();
              json.writeEndObject();
            });
    return whole.slice(0, whole.length() - 2);
  }

  /** Goes through rooms, so many at a time. */
  private final class Walk {
    private final Question question;
    private final List<MembershipRow> members;
    private final Map<String, List<AccountDataRow>> data;
    private final Writing writing;
    private final int size;
    private boolean begun;

    Walk(
        Question question,
        List<MembershipRow> members,
        Map<String, List<AccountDataRow>> data,
        Writing writing,
        int size) {
      this.question = question;
      this.members = members;
      this.data = data;
      this.writing = writing;
      this.size = size;
    }

    Future<Void> from(int first) {
      if (first >= members.size()) {
        return Future.succeededFuture();
      }
      int end = Math.min(first + size, members.size());
      return read(members.subList(first, end))
          .compose(done -> writing.flush())
          .compose(done -> from(end));
    }

    private Future<Void> read(List<MembershipRow> rows) {
      List<String> stays =
          rows.stream().filter(row -> !isInvite(row)).map(MembershipRow::roomId).toList();
      return Future.all(
              snapshots.read(question.viewer.userId(), stays, question.upTo, question.limit),
              invites(rows.stream().filter(SnapshotStream::isInvite).toList()))
          .compose(both -> write(rows, both.resultAt(0), both.resultAt(1)));
    }

    /** Nothing of rooms that the user left without having been there. */
    private Future<Void> write(
        List<MembershipRow> rows,
        Map<String, RoomSnapshot> found,
        Map<String, ShownEvent> invites) {
      Future<Void> written = Future.succeededFuture();
      for (MembershipRow row : rows) {
        RoomSnapshot snapshot = found.get(row.roomId());
        ShownEvent invite = invites.get(row.roomId());
        if (invite != null) {
          written = written.compose(done -> writing.invite(row, invite, comma()));
        } else if (snapshot != null) {
          Found room =
              new Found(snapshot, row.membership(), data.getOrDefault(row.roomId(), List.of()));
          written = written.compose(done -> writing.room(room, comma()));
        }
      }
      return written;
    }

    private String comma() {
      String comma = begun ? "," : "";
      begun = true;
      return comma;
    }
  }

  private static boolean isInvite(MembershipRow row) {
    return row.membership().equals("invite");
  }

  /** The events of invites, by room. */
  private Future<Map<String, ShownEvent>> invites(List<MembershipRow> rows) {
    List<StatePiece> pieces =
        rows.stream()
            .map(row -> StatePiece.member(new RoomSpan(row.roomId(), 0, NOW, NOW), row.userId()))
            .toList();
    return rooms
        .many()
        .pieces(pieces)
        .compose(
            found ->
                events.show(
                    found.values().stream().flatMap(List::stream).map(StateRow::event).toList()))
        .map(
            shown -> {
              Map<String, ShownEvent> invites = new HashMap<>();
              shown.forEach(event -> invites.put(event.event().pdu().roomId(), event));
              return invites;
            });
  }

  /** One answer that is being written. */
  private final class Writing {
    private final Viewer viewer;
    private final Function<Buffer, Future<Void>> outlet;
    private Buffer pending = Buffer.buffer();

    Writing(Viewer viewer, Function<Buffer, Future<Void>> outlet) {
      this.viewer = viewer;
      this.outlet = outlet;
    }

    /** Passes on what there is. */
    Future<Void> flush() {
      Buffer piece = pending;
      pending = Buffer.buffer();
      return piece.length() == 0 ? Future.succeededFuture() : outlet.apply(piece);
    }

    Future<Void> invite(MembershipRow row, ShownEvent invite, String comma) {
      pending
          .appendString(comma)
          .appendBuffer(
              EventReplies.bytes(
                  json -> {
                    json.writeStartObject();
                    json.writeStringField("room_id", row.roomId());
                    json.writeStringField("membership", row.membership());
                    json.writeFieldName("invite");
                    replies.write(json, invite, viewer);
                    json.writeEndObject();
                  }));
      return Future.succeededFuture();
    }

    /** Writes a room; its state comes last, so that it may go on. */
    Future<Void> room(Found found, String comma) {
      Buffer whole = EventReplies.bytes(json -> write(json, found, viewer));
      var many = found.room.members();
      pending.appendString(comma);
      if (many == null) {
        pending.appendBuffer(whole);
        return Future.succeededFuture();
      }
      pending.appendBuffer(whole, 0, whole.length() - 2);
      return snapshots
          .members(many, this::members)
          .map(
              done -> {
                pending.appendString("]}");
                return null;
              });
    }

    /** There is state before the members: without a create event there is no room. */
    private Future<Void> members(List<ShownEvent> shown) {
      if (!shown.isEmpty()) {
        pending.appendString(",").appendBuffer(replies.items(shown, viewer));
      }
      return flush();
    }
  }

  private void write(JsonGenerator json, Found found, Viewer viewer) throws IOException {
    RoomSnapshot room = found.room;
    json.writeStartObject();
    json.writeStringField("room_id", room.roomId());
    if (found.membership != null) {
      json.writeStringField("membership", found.membership);
    }
    json.writeObjectFieldStart("messages");
    if (room.start() != null) {
      json.writeStringField("start", room.start().toString());
    }
    json.writeStringField("end", room.end().toString());
    json.writeFieldName("chunk");
    replies.write(json, room.messages(), viewer);
    json.writeEndObject();
    json.writeStringField("visibility", room.listed() ? "public" : "private");
    writeData(json, found.data);
    json.writeFieldName("state");
    replies.write(json, room.state(), viewer);
    json.writeEndObject();
  }

  private static void writeData(JsonGenerator json, List<AccountDataRow> data) throws IOException {
    json.writeArrayFieldStart("account_data");
    for (AccountDataRow row : data) {
      json.writeStartObject();
      json.writeStringField("type", row.type());
      json.writeFieldName("content");
      json.writeTree(row.content());
      json.writeEndObject();
    }
    json.writeEndArray();
  }
}
