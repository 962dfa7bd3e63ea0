package dev.stele.server.unread;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.stele.server.event.EventCache;
import dev.stele.server.event.KnownEvent;
import dev.stele.server.projection.Rooms;
import dev.stele.server.projection.UserData;
import dev.stele.server.record.ReceiptSent;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.cache.CaffeineCacheMetrics;
import io.vertx.core.Future;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * How much each user has not read of each of their rooms. Thread-safe.
 *
 * <p>A count is made when it is first asked for and then goes on with the newest records, without a
 * question to the database. So a message costs nothing for members who are not following, however
 * many there are.
 */
public final class UnreadCounts {
  /** One for each count in memory, and one for each notification in them. */
  private static final long MAX_WEIGHT = 300_000;

  private final Readers readers;
  private final FactsOfRooms facts;
  private final StoredMarks marks;
  private final StoredTallies stored;
  private final Threads threads;
  private final Notifications notifications;
  private final Cache<Place, Tally> tallies =
      Caffeine.newBuilder()
          .maximumWeight(MAX_WEIGHT)
          .weigher((Place place, Tally tally) -> 1 + tally.size())
          .recordStats()
          .build();

  public UnreadCounts(Rooms rooms, UserData data, EventCache events, MeterRegistry metrics) {
    this.readers = new Readers(rooms, data, metrics);
    this.facts = new FactsOfRooms(rooms, events, metrics);
    this.marks = new StoredMarks(rooms, data, events);
    this.stored = new StoredTallies(rooms, events, marks, facts);
    this.threads = new Threads(events);
    this.notifications = new Notifications(rooms, data, events, facts, readers);
    CaffeineCacheMetrics.monitor(metrics, tallies, "stele.unread");
  }

  /** What users were notified of. */
  public Notifications notifications() {
    return notifications;
  }

  private record Place(String userId, String roomId) {}

  /**
   * What a user has not read of rooms that they are in, as of a position or later.
   *
   * @param recent the newest records up to there; the future completes where they may be asked
   * @return by room; rooms that the user is not in are left out
   */
  public Future<Map<String, Unread>> of(
      String userId, Collection<String> roomIds, RecentRecords recent, long upTo) {
    return recent
        .here(readers.of(userId, recent, upTo))
        .compose(reader -> tallies(reader, roomIds, recent, upTo))
        .map(
            found -> {
              Map<String, Unread> unread = new HashMap<>();
              found.forEach((room, tally) -> unread.put(room, tally.unread()));
              return unread;
            });
  }

  private Future<Map<String, Tally>> tallies(
      Reader reader, Collection<String> roomIds, RecentRecords recent, long upTo) {
    Map<String, Tally> found = new HashMap<>();
    List<String> missing = new ArrayList<>();
    List<Future<?>> pending = new ArrayList<>();
    for (String roomId : roomIds) {
      Tally tally = tallies.getIfPresent(new Place(reader.userId(), roomId));
      if (tally == null || !goesOn(tally, reader, recent, upTo)) {
        missing.add(roomId);
        continue;
      }
      Future<Tally> next = advance(roomId, tally, recent, upTo);
      if (next.succeeded()) {
        found.put(roomId, next.result());
      } else {
        pending.add(next.onSuccess(done -> found.put(roomId, done)));
      }
    }
    if (!missing.isEmpty()) {
      pending.add(stored.read(reader, missing, upTo).onSuccess(found::putAll));
    }
    Future<?> all = pending.isEmpty() ? Future.succeededFuture() : recent.here(Future.all(pending));
    return all.map(
        done -> {
          found.forEach((room, tally) -> tallies.put(new Place(reader.userId(), room), tally));
          return found;
        });
  }

  private static boolean goesOn(Tally tally, Reader reader, RecentRecords recent, long upTo) {
    return tally.reader().equals(reader)
        && (tally.position() >= upTo || recent.covers(tally.position()));
  }

  /** The tally with what has happened since. */
  private Future<Tally> advance(String roomId, Tally tally, RecentRecords recent, long upTo) {
    if (tally.position() >= upTo) {
      return Future.succeededFuture(tally);
    }
    List<KnownEvent> events =
        recent.roomEvents(roomId, tally.position()).stream()
            .filter(event -> event.position() <= upTo)
            .toList();
    List<ReceiptSent> receipts =
        recent.receipts(roomId, tally.position()).stream()
            .filter(receipt -> receipt.userId().equals(tally.reader().userId()))
            .toList();
    if (events.isEmpty() && receipts.isEmpty()) {
      return Future.succeededFuture(tally.at(upTo));
    }
    if (events.stream().anyMatch(event -> leaves(event, tally.reader().userId()))) {
      return again(roomId, tally, upTo);
    }
    return facts
        .of(roomId, recent, upTo)
        .compose(
            known ->
                Judgement.of(threads, tally.reader(), known.context(name(tally, events)), events))
        .compose(
            judgement ->
                marks
                    .positions(receipts)
                    .map(found -> read(judgement.addTo(tally), receipts, found, upTo)))
        .compose(
            next ->
                tally.isFull() && !next.marks().equals(tally.marks())
                    ? again(roomId, next, upTo)
                    : Future.succeededFuture(next.named(name(tally, events))));
  }

  /** Whoever comes back begins again. */
  private static boolean leaves(KnownEvent event, String userId) {
    return event.pdu().isState("m.room.member", userId)
        && !"join".equals(event.pdu().contentText("membership"));
  }

  private Future<Tally> again(String roomId, Tally before, long upTo) {
    return stored
        .read(before.reader(), List.of(roomId), upTo)
        .map(read -> read.getOrDefault(roomId, before.at(upTo)));
  }

  private static Tally read(
      Tally before, List<ReceiptSent> receipts, Map<String, Long> positions, long upTo) {
    Tally tally = before;
    for (ReceiptSent receipt : receipts) {
      tally = tally.read(StoredMarks.with(tally.marks(), receipt, positions), upTo);
    }
    return tally.at(upTo);
  }

  /** What the user is called in the room after these events. */
  private static @Nullable String name(Tally tally, List<KnownEvent> events) {
    String name = tally.displayName();
    if (tally.rules().asksForName()) {
      for (KnownEvent event : events) {
        if (event.pdu().isState("m.room.member", tally.reader().userId())) {
          name = event.pdu().contentText("displayname");
        }
      }
    }
    return name;
  }
}
