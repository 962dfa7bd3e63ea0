package dev.stele.server.http.client;

import dev.stele.api.Endpoint;
import dev.stele.api.ErrorCode;
import dev.stele.server.event.ClientEvents;
import dev.stele.server.event.EventCache;
import dev.stele.server.event.EventWriter;
import dev.stele.server.event.KnownEvent;
import dev.stele.server.history.EventStream;
import dev.stele.server.history.EventStream.News;
import dev.stele.server.history.PageToken;
import dev.stele.server.history.RoomWatch;
import dev.stele.server.history.VisibleHistory;
import dev.stele.server.http.BadRequest;
import dev.stele.server.http.Bindings;
import dev.stele.server.http.Exchange;
import dev.stele.server.http.Reply;
import dev.stele.server.http.Resource;
import dev.stele.server.projection.MembershipRow;
import dev.stele.server.projection.Rooms;
import dev.stele.server.record.RecordLog;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.util.List;

/**
 * Looking into rooms without being in them, and the older way of following one's own. Client-server
 * API, "Room Previews".
 */
public final class EventStreamResource implements Resource {
  private static final long DEFAULT_TIMEOUT_MILLIS = 30_000;
  private static final long MAX_TIMEOUT_MILLIS = 120_000;

  private final RecordLog log;
  private final Rooms rooms;
  private final EventCache cache;
  private final ClientEvents events;
  private final VisibleEvents visible;
  private final EventStream stream;
  private final RoomWatch watch;
  private final EventReplies replies;

  public EventStreamResource(
      RecordLog log, Rooms rooms, EventCache cache, RoomWatch watch, EventWriter writer) {
    this.log = log;
    this.rooms = rooms;
    this.cache = cache;
    this.events = new ClientEvents(cache);
    this.visible = new VisibleEvents(rooms, cache);
    this.stream = new EventStream(rooms, events);
    this.watch = watch;
    this.replies = new EventReplies(writer);
  }

  @Override
  public void bind(Bindings bindings) {
    bindings.on(Endpoint.PEEK_EVENTS, this::events).on(Endpoint.GET_ONE_EVENT, this::event);
  }

  private Future<Reply> event(Exchange exchange) {
    String eventId = Identifiers.event(exchange.path("eventId"));
    return cache
        .byId(List.of(eventId))
        .compose(
            found -> {
              KnownEvent event = found.get(eventId);
              if (event == null) {
                throw VisibleEvents.notFound(eventId);
              }
              return visible.find(exchange.requester(), event.pdu().roomId(), eventId);
            })
        .compose(found -> events.show(List.of(found.row())))
        .map(shown -> replies.one(shown.get(0), ReadableRooms.viewer(exchange.requester())));
  }

  private Future<Reply> events(Exchange exchange) {
    String roomId = exchange.query("room_id");
    PageToken from = Tokens.optional(exchange, "from");
    long timeout = exchange.queryLong("timeout", DEFAULT_TIMEOUT_MILLIS);
    if (timeout < 0) {
      throw Identifiers.invalid("timeout must not be negative");
    }
    long after = from == null ? log.committed() : position(from);
    long end = System.nanoTime() + Math.min(timeout, MAX_TIMEOUT_MILLIS) * 1_000_000;
    Future<Void> gone = exchange.closed();
    return (roomId == null ? ownRooms(exchange) : peek(exchange, Identifiers.room(roomId)))
        .compose(of -> new Waiting(exchange, of, after, end, gone).read(after));
  }

  private static long position(PageToken token) {
    return token instanceof PageToken.Stream stream
        ? stream.position()
        : ((PageToken.Topological) token).before().position() - 1;
  }

  private Future<List<String>> ownRooms(Exchange exchange) {
    return rooms
        .memberships(exchange.requester().userId())
        .map(
            rows ->
                rows.stream()
                    .filter(row -> row.membership().equals("join"))
                    .map(MembershipRow::roomId)
                    .toList());
  }

  /** Only rooms that one can see into as they are now. */
  private Future<List<String>> peek(Exchange exchange, String roomId) {
    return VisibleHistory.of(rooms, exchange.requester().userId(), roomId)
        .map(
            history -> {
              if (!history.readsPresent()) {
                throw new BadRequest(ErrorCode.FORBIDDEN, "You cannot look into this room");
              }
              return List.of(roomId);
            });
  }

  /** A request that is answered as soon as there is something to tell, or its time is up. */
  private final class Waiting {
    private final Exchange exchange;
    private final List<String> of;
    private final long start;
    private final long end;
    private final Future<Void> gone;

    Waiting(Exchange exchange, List<String> of, long start, long end, Future<Void> gone) {
      this.exchange = exchange;
      this.of = of;
      this.start = start;
      this.end = end;
      this.gone = gone;
    }

    Future<Reply> read(long after) {
      RoomWatch.Watch watched =
          watch.watch(
              new RoomWatch.Session(
                  exchange.requester().userId(),
                  exchange.requester().deviceId(),
                  exchange.requester().tokenId()),
              of);
      return stream
          .read(of, exchange.requester().userId(), after, Math.max(after, log.committed()))
          .compose(
              news -> {
                long left = (end - System.nanoTime()) / 1_000_000;
                if (!news.events().isEmpty() || left <= 0 || gone.isComplete()) {
                  return Future.succeededFuture(reply(news));
                }
                return news(watched, left)
                    .compose(
                        woken -> {
                          if (watched.isOver().isPresent()) {
                            throw PollReplies.over(watched.isOver().get());
                          }
                          return read(news.end());
                        });
              })
          .onComplete(done -> watched.stop());
    }

    private Future<Void> news(RoomWatch.Watch watched, long millis) {
      Vertx vertx = exchange.context().owner();
      Promise<Void> woken = Promise.promise();
      long timer = vertx.setTimer(millis, id -> woken.tryComplete());
      watched.news().onComplete(news -> woken.tryComplete());
      gone.onComplete(closed -> woken.tryComplete());
      return woken.future().onComplete(done -> vertx.cancelTimer(timer));
    }

    private Reply reply(News news) {
      return replies.stream(
          new PageToken.Stream(start),
          new PageToken.Stream(news.end()),
          news.events(),
          ReadableRooms.viewer(exchange.requester()));
    }
  }
}
