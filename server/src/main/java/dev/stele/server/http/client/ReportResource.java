package dev.stele.server.http.client;

import dev.stele.api.Endpoint;
import dev.stele.api.ErrorCode;
import dev.stele.api.MatrixError;
import dev.stele.server.event.EventCache;
import dev.stele.server.event.KnownEvent;
import dev.stele.server.history.VisibleHistory;
import dev.stele.server.http.BadRequest;
import dev.stele.server.http.Bindings;
import dev.stele.server.http.Body;
import dev.stele.server.http.Exchange;
import dev.stele.server.http.Reply;
import dev.stele.server.http.Resource;
import dev.stele.server.projection.Accounts;
import dev.stele.server.projection.Rooms;
import dev.stele.server.record.EventReported;
import dev.stele.server.record.Fact;
import dev.stele.server.record.RecordLog;
import dev.stele.server.record.RoomReported;
import dev.stele.server.record.UserReported;
import io.vertx.core.Future;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Reports to whoever runs this server, kept in the log. Client-server API, "Reporting Content".
 * Rooms and users are reported by anybody, events only by those who are in the room.
 */
public final class ReportResource implements Resource {
  private static final int MAX_REASON_BYTES = 10_000;

  private final Rooms rooms;
  private final Accounts accounts;
  private final EventCache events;
  private final RecordLog log;

  public ReportResource(Rooms rooms, Accounts accounts, EventCache events, RecordLog log) {
    this.rooms = rooms;
    this.accounts = accounts;
    this.events = events;
    this.log = log;
  }

  @Override
  public void bind(Bindings bindings) {
    bindings
        .on(Endpoint.REPORT_EVENT, this::reportEvent)
        .on(Endpoint.REPORT_ROOM, this::reportRoom)
        .on(Endpoint.REPORT_USER, this::reportUser);
  }

  private Future<Reply> reportEvent(Exchange exchange) {
    String reporter = exchange.requester().userId();
    String roomId = Identifiers.room(exchange);
    String eventId = Identifiers.key("The event id", exchange.path("eventId"));
    @Nullable String reason = checked(exchange.body().string("reason"));
    return Future.all(VisibleHistory.of(rooms, reporter, roomId), events.byId(List.of(eventId)))
        .compose(
            both -> {
              VisibleHistory history = both.resultAt(0);
              KnownEvent event = both.<Map<String, KnownEvent>>resultAt(1).get(eventId);
              if (event == null
                  || !history.joined()
                  || !event.pdu().roomId().equals(roomId)
                  || !history.reaches(event.position())) {
                throw notFound("There is no such event, or you are not in the room");
              }
              return keep(new EventReported(reporter, roomId, eventId, reason));
            });
  }

  private Future<Reply> reportRoom(Exchange exchange) {
    String reporter = exchange.requester().userId();
    String roomId = Identifiers.room(exchange);
    @Nullable String reason = requiredReason(exchange.body());
    return rooms
        .listed(roomId)
        .compose(
            known -> {
              if (known.isEmpty()) {
                throw notFound("There is no room " + roomId);
              }
              return keep(new RoomReported(reporter, roomId, reason));
            });
  }

  private Future<Reply> reportUser(Exchange exchange) {
    String reporter = exchange.requester().userId();
    String userId = Identifiers.user(exchange.path("userId")).value();
    @Nullable String reason = requiredReason(exchange.body());
    return isKnown(userId)
        .compose(
            known -> {
              if (!known) {
                throw notFound("There is no user " + userId);
              }
              return keep(new UserReported(reporter, userId, reason));
            });
  }

  /** Users of other servers are known by the rooms that they are or were in. */
  private Future<Boolean> isKnown(String userId) {
    return accounts
        .account(userId)
        .compose(
            account ->
                account.isPresent()
                    ? Future.succeededFuture(true)
                    : rooms.memberships(userId).map(found -> !found.isEmpty()));
  }

  private Future<Reply> keep(Fact report) {
    return log.append(List.of(report)).map(appended -> Reply.empty());
  }

  private static @Nullable String requiredReason(Body body) {
    return checked(body.requiredString("reason"));
  }

  private static @Nullable String checked(@Nullable String reason) {
    if (reason != null && reason.getBytes(StandardCharsets.UTF_8).length > MAX_REASON_BYTES) {
      throw new BadRequest(
          ErrorCode.TOO_LARGE, "The reason is longer than " + MAX_REASON_BYTES + " bytes");
    }
    return reason;
  }

  private static BadRequest notFound(String message) {
    return new BadRequest(MatrixError.of(ErrorCode.NOT_FOUND, message));
  }
}
