package dev.stele.server.http.client;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.stele.api.Endpoint;
import dev.stele.api.Limits;
import dev.stele.server.event.ClientEvents;
import dev.stele.server.event.EventWriter;
import dev.stele.server.event.ShownEvent;
import dev.stele.server.event.Viewer;
import dev.stele.server.filter.RoomEventFilter;
import dev.stele.server.history.Page;
import dev.stele.server.history.PageRequest;
import dev.stele.server.history.PageRequest.Direction;
import dev.stele.server.history.PageToken;
import dev.stele.server.history.RoomHistory;
import dev.stele.server.history.VisibleHistory;
import dev.stele.server.http.Bindings;
import dev.stele.server.http.Exchange;
import dev.stele.server.http.Reply;
import dev.stele.server.http.Resource;
import dev.stele.server.projection.AccountDataRow;
import dev.stele.server.projection.MembershipRow;
import dev.stele.server.projection.Rooms;
import dev.stele.server.projection.StateRow;
import dev.stele.server.projection.UserData;
import dev.stele.server.record.RecordLog;
import io.vertx.core.Future;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;

/**
 * Rooms as they are now with what was said last: one, to look into, or all of one's own.
 * Client-server API, "Room Previews", and {@code GET /initialSync}, which is deprecated.
 */
public final class InitialSyncResource implements Resource {
  private final RecordLog log;
  private final Rooms rooms;
  private final UserData userData;
  private final ClientEvents events;
  private final RoomHistory histories;
  private final EventReplies replies;

  public InitialSyncResource(
      RecordLog log, Rooms rooms, UserData userData, ClientEvents events, EventWriter writer) {
    this.log = log;
    this.rooms = rooms;
    this.userData = userData;
    this.events = events;
    this.histories = new RoomHistory(rooms, events);
    this.replies = new EventReplies(writer);
  }

  @Override
  public void bind(Bindings bindings) {
    bindings.on(Endpoint.ROOM_INITIAL_SYNC, this::room).on(Endpoint.INITIAL_SYNC, this::everything);
  }

  /** What is asked for: who asks, as of when, and how many events of each room. */
  private record Question(Viewer viewer, long upTo, int limit) {
    String userId() {
      return viewer.userId();
    }
  }

  private Question question(Exchange exchange) {
    return new Question(
        ReadableRooms.viewer(exchange.requester()),
        log.committed(),
        Math.max(1, HistoryQueries.limit(exchange, Limits.DEFAULT_PAGE)));
  }

  private Future<Reply> room(Exchange exchange) {
    String roomId = Identifiers.room(exchange);
    Question question = question(exchange);
    return Future.all(
            rooms.membership(question.userId(), roomId), userData.accountData(question.userId(), 0))
        .compose(
            both -> {
              Optional<MembershipRow> member = both.resultAt(0);
              return snapshot(
                  question, roomId, member.filter(row -> !row.forgotten()), both.resultAt(1));
            })
        .map(snapshot -> EventReplies.encode(json -> write(json, snapshot, question.viewer())));
  }

  private Future<Reply> everything(Exchange exchange) {
    Question question = question(exchange);
    boolean archived = exchange.queryBool("archived", false);
    return Future.all(
            rooms.memberships(question.userId()), userData.accountData(question.userId(), 0))
        .compose(
            both -> {
              List<AccountDataRow> data = both.resultAt(1);
              Future<List<Snapshot>> snapshots = Future.succeededFuture(new ArrayList<>());
              for (MembershipRow row : both.<List<MembershipRow>>resultAt(0)) {
                if (isWanted(row, archived)) {
                  snapshots =
                      snapshots.compose(
                          before ->
                              ofMember(question, row, data)
                                  .map(
                                      snapshot -> {
                                        snapshot.ifPresent(before::add);
                                        return before;
                                      }));
                }
              }
              return snapshots.map(all -> reply(question, all, data));
            });
  }

  private static boolean isWanted(MembershipRow row, boolean archived) {
    return switch (row.membership()) {
      case "join", "invite" -> true;
      case "leave", "ban" -> archived && !row.forgotten();
      default -> false;
    };
  }

  /** Nothing for whoever left without having been there. */
  private Future<Optional<Snapshot>> ofMember(
      Question question, MembershipRow row, List<AccountDataRow> data) {
    if (row.membership().equals("invite")) {
      return rooms
          .event(row.roomId(), row.position())
          .compose(invite -> events.show(invite.stream().toList()))
          .map(shown -> Optional.of(Snapshot.invited(row, shown.get(0))));
    }
    return VisibleHistory.of(rooms, question.userId(), row.roomId())
        .compose(
            history ->
                history.stateReadableAt().isEmpty()
                    ? Future.succeededFuture(Optional.empty())
                    : snapshot(question, row.roomId(), Optional.of(row), data).map(Optional::of));
  }

  private Future<Snapshot> snapshot(
      Question question, String roomId, Optional<MembershipRow> member, List<AccountDataRow> data) {
    return VisibleHistory.of(rooms, question.userId(), roomId)
        .compose(
            history -> {
              long readable = ReadableRooms.stateReadableAt(history, roomId);
              long end = Math.min(question.upTo(), history.lastPosition());
              PageRequest last =
                  new PageRequest(
                      roomId,
                      Direction.BACKWARDS,
                      new PageToken.Stream(end),
                      null,
                      question.limit(),
                      RoomEventFilter.ALL);
              return Future.all(
                  histories.page(last, history),
                  rooms
                      .stateAt(roomId, Math.min(end, readable))
                      .compose(rows -> events.show(rows.stream().map(StateRow::event).toList())),
                  rooms.listed(roomId));
            })
        .map(
            parts -> {
              Optional<Boolean> listed = parts.resultAt(2);
              return new Snapshot(
                  roomId,
                  member.map(MembershipRow::membership),
                  Optional.empty(),
                  Optional.of(parts.<Page>resultAt(0)),
                  parts.resultAt(1),
                  listed.orElse(false),
                  data.stream().filter(row -> row.roomId().equals(roomId)).toList());
            });
  }

  /** A room as it is now. */
  private record Snapshot(
      String roomId,
      Optional<String> membership,
      Optional<ShownEvent> invite,
      Optional<Page> messages,
      List<ShownEvent> state,
      boolean listed,
      List<AccountDataRow> data) {
    static Snapshot invited(MembershipRow row, ShownEvent invite) {
      return new Snapshot(
          row.roomId(),
          Optional.of(row.membership()),
          Optional.of(invite),
          Optional.empty(),
          List.of(),
          false,
          List.of());
    }
  }

  private Reply reply(Question question, List<Snapshot> snapshots, List<AccountDataRow> data) {
    return EventReplies.encode(
        json -> {
          json.writeStartObject();
          json.writeStringField("end", new PageToken.Stream(question.upTo()).toString());
          json.writeArrayFieldStart("presence");
          json.writeEndArray();
          json.writeArrayFieldStart("rooms");
          for (Snapshot snapshot : snapshots) {
            write(json, snapshot, question.viewer());
          }
          json.writeEndArray();
          writeData(
              json, data.stream().filter(row -> row.roomId().equals(UserData.GLOBAL)).toList());
          json.writeEndObject();
        });
  }

  private void write(JsonGenerator json, Snapshot snapshot, Viewer viewer) throws IOException {
    json.writeStartObject();
    json.writeStringField("room_id", snapshot.roomId);
    if (snapshot.membership.isPresent()) {
      json.writeStringField("membership", snapshot.membership.get());
    }
    if (snapshot.invite.isPresent()) {
      json.writeFieldName("invite");
      replies.write(json, snapshot.invite.get(), viewer);
    }
    if (snapshot.messages.isPresent()) {
      Page page = snapshot.messages.get();
      List<ShownEvent> chunk = new ArrayList<>(page.events());
      Collections.reverse(chunk);
      json.writeObjectFieldStart("messages");
      if (page.end() != null) {
        json.writeStringField("start", page.end().toString());
      }
      json.writeStringField("end", page.start().toString());
      json.writeFieldName("chunk");
      replies.write(json, chunk, viewer);
      json.writeEndObject();
      json.writeFieldName("state");
      replies.write(json, snapshot.state, viewer);
      json.writeStringField("visibility", snapshot.listed ? "public" : "private");
      writeData(json, snapshot.data);
    }
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
