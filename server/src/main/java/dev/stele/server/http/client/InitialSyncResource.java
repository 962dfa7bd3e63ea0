package dev.stele.server.http.client;

import dev.stele.api.Endpoint;
import dev.stele.api.Limits;
import dev.stele.server.event.ClientEvents;
import dev.stele.server.event.EventWriter;
import dev.stele.server.http.Bindings;
import dev.stele.server.http.Exchange;
import dev.stele.server.http.Reply;
import dev.stele.server.http.Resource;
import dev.stele.server.projection.AccountDataRow;
import dev.stele.server.projection.MembershipRow;
import dev.stele.server.projection.Rooms;
import dev.stele.server.projection.UserData;
import dev.stele.server.record.RecordLog;
import dev.stele.server.sync.RoomSnapshot;
import dev.stele.server.sync.RoomSnapshots;
import io.vertx.core.Future;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * Rooms as they are now with what was said last: one, to look into, or all of one's own.
 * Client-server API, "Room Previews", and {@code GET /initialSync}, which is deprecated.
 */
public final class InitialSyncResource implements Resource {
  private final RecordLog log;
  private final Rooms rooms;
  private final UserData userData;
  private final RoomSnapshots snapshots;
  private final SnapshotStream stream;

  public InitialSyncResource(
      RecordLog log, Rooms rooms, UserData userData, ClientEvents events, EventWriter writer) {
    this.log = log;
    this.rooms = rooms;
    this.userData = userData;
    this.snapshots = new RoomSnapshots(rooms, events);
    this.stream = new SnapshotStream(rooms, events, snapshots, new EventReplies(writer));
  }

  @Override
  public void bind(Bindings bindings) {
    bindings.on(Endpoint.ROOM_INITIAL_SYNC, this::room).on(Endpoint.INITIAL_SYNC, this::everything);
  }

  private SnapshotStream.Question question(Exchange exchange) {
    return new SnapshotStream.Question(
        ReadableRooms.viewer(exchange.requester()),
        log.committed(),
        Math.max(1, HistoryQueries.limit(exchange, Limits.DEFAULT_PAGE)));
  }

  private Future<Reply> room(Exchange exchange) {
    String roomId = Identifiers.room(exchange);
    SnapshotStream.Question question = question(exchange);
    String user = question.viewer().userId();
    return Future.all(
            snapshots.read(user, List.of(roomId), question.upTo(), question.limit()),
            rooms.membership(user, roomId),
            userData.accountDataIn(List.of(roomId), user))
        .map(
            all -> {
              RoomSnapshot snapshot = all.<Map<String, RoomSnapshot>>resultAt(0).get(roomId);
              if (snapshot == null) {
                throw ReadableRooms.forbidden(roomId);
              }
              Optional<MembershipRow> member = all.resultAt(1);
              return stream.room(
                  question.viewer(),
                  new SnapshotStream.Found(
                      snapshot,
                      member
                          .filter(row -> !row.forgotten())
                          .map(MembershipRow::membership)
                          .orElse(null),
                      all.resultAt(2)));
            });
  }

  private Future<Reply> everything(Exchange exchange) {
    SnapshotStream.Question question = question(exchange);
    boolean archived = exchange.queryBool("archived", false);
    String user = question.viewer().userId();
    return Future.all(rooms.memberships(user), userData.accountData(user, 0))
        .map(
            both -> {
              List<MembershipRow> members = both.resultAt(0);
              List<AccountDataRow> data = both.resultAt(1);
              return stream.rooms(
                  question,
                  members.stream().filter(row -> isWanted(row, archived)).toList(),
                  data.stream().collect(Collectors.groupingBy(AccountDataRow::roomId)));
            });
  }

  private static boolean isWanted(MembershipRow row, boolean archived) {
    return switch (row.membership()) {
      case "join", "invite" -> true;
      case "leave", "ban" -> archived && !row.forgotten();
      default -> false;
    };
  }
}
