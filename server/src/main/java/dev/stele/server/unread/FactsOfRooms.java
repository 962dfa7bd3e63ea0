package dev.stele.server.unread;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.stele.server.event.EventCache;
import dev.stele.server.event.KnownEvent;
import dev.stele.server.projection.MemberCounts;
import dev.stele.server.projection.RoomSpan;
import dev.stele.server.projection.Rooms;
import dev.stele.server.projection.StatePiece;
import dev.stele.server.projection.StateRow;
import dev.stele.stateres.auth.PowerLevels;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.cache.CaffeineCacheMetrics;
import io.vertx.core.Future;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What push rules ask of the rooms that were of interest lately. Thread-safe. */
final class FactsOfRooms {
  private static final int MAX_ROOMS = 10_000;

  private final Rooms rooms;
  private final EventCache events;
  private final Cache<String, RoomFacts> known =
      Caffeine.newBuilder().maximumSize(MAX_ROOMS).recordStats().build();

  FactsOfRooms(Rooms rooms, EventCache events, MeterRegistry metrics) {
    this.rooms = rooms;
    this.events = events;
    CaffeineCacheMetrics.monitor(metrics, known, "stele.push_facts");
  }

  /** A room's facts as of a position, or later; from memory if they are there. */
  Future<RoomFacts> of(String roomId, RecentRecords recent, long upTo) {
    RoomFacts facts = known.getIfPresent(roomId);
    if (facts != null && facts.position() >= upTo) {
      return Future.succeededFuture(facts);
    }
    if (facts == null || !recent.covers(facts.position())) {
      return read(List.of(roomId), upTo)
          .map(
              read -> {
                RoomFacts found = read.get(roomId);
                if (found == null) {
                  throw new IllegalStateException("room " + roomId + " has no create event");
                }
                return found;
              });
    }
    List<KnownEvent> since =
        recent.roomEvents(roomId, facts.position()).stream()
            .filter(event -> event.position() <= upTo && event.pdu().isState())
            .toList();
    return replacedMembers(facts, since)
        .map(
            replaced -> {
              RoomFacts now = facts;
              for (KnownEvent event : since) {
                String replaces = event.event().replaces();
                now = now.plus(event, replaces == null ? null : replaced.get(replaces));
              }
              return keep(roomId, now.at(upTo));
            });
  }

  /** The facts of rooms, of which those that do not exist are left out. */
  Future<Map<String, RoomFacts>> read(Collection<String> roomIds, long upTo) {
    if (roomIds.isEmpty()) {
      return Future.succeededFuture(Map.of());
    }
    List<StatePiece> pieces = new ArrayList<>();
    for (String roomId : roomIds) {
      RoomSpan now = new RoomSpan(roomId, 0, upTo + 1, upTo);
      pieces.add(new StatePiece(now, "m.room.create", ""));
      pieces.add(new StatePiece(now, "m.room.power_levels", ""));
    }
    return Future.all(rooms.many().pieces(pieces), rooms.many().memberCounts(roomIds))
        .compose(
            both -> {
              Map<String, List<StateRow>> state = both.resultAt(0);
              return eventsOf(state).map(found -> facts(state, found, both.resultAt(1), upTo));
            });
  }

  private Future<Map<String, KnownEvent>> eventsOf(Map<String, List<StateRow>> state) {
    Map<String, Long> positions = new HashMap<>();
    state.values().stream()
        .flatMap(List::stream)
        .forEach(row -> positions.put(row.eventId(), row.eventPosition()));
    return events.at(positions);
  }

  private Map<String, RoomFacts> facts(
      Map<String, List<StateRow>> state,
      Map<String, KnownEvent> found,
      Map<String, MemberCounts> counts,
      long upTo) {
    Map<String, RoomFacts> facts = new HashMap<>();
    state.forEach(
        (roomId, rows) -> {
          KnownEvent create = event(rows, found, "m.room.create");
          KnownEvent levels = event(rows, found, "m.room.power_levels");
          MemberCounts count = counts.getOrDefault(roomId, MemberCounts.NONE);
          if (create != null) {
            PowerLevels power =
                PowerLevels.of(
                    create.pdu().version(), levels == null ? null : levels.pdu(), create.pdu());
            facts.put(roomId, keep(roomId, RoomFacts.of(upTo, count, create.pdu(), power)));
          }
        });
    return facts;
  }

  private static @Nullable KnownEvent event(
      List<StateRow> rows, Map<String, KnownEvent> found, String type) {
    return rows.stream()
        .filter(row -> row.type().equals(type))
        .findFirst()
        .map(row -> found.get(row.eventId()))
        .orElse(null);
  }

  private Future<Map<String, KnownEvent>> replacedMembers(RoomFacts facts, List<KnownEvent> since) {
    List<String> replaced = new ArrayList<>();
    for (KnownEvent event : since) {
      String replaces = event.event().replaces();
      if (replaces != null && facts.counts(event)) {
        replaced.add(replaces);
      }
    }
    return replaced.isEmpty() ? Future.succeededFuture(Map.of()) : events.byId(replaced);
  }

  private RoomFacts keep(String roomId, RoomFacts facts) {
    RoomFacts unused =
        known.asMap().merge(roomId, facts, (a, b) -> a.position() > b.position() ? a : b);
    return facts;
  }
}
