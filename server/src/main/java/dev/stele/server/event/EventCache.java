package dev.stele.server.event;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.stele.eventstore.Claim;
import dev.stele.server.record.Claims;
import dev.stele.server.record.Entry;
import dev.stele.server.record.RecordLog;
import dev.stele.server.record.RoomEvent;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.cache.CaffeineCacheMetrics;
import io.vertx.core.Future;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Room events by id: the recently used ones from memory, the others from the log. Thread-safe. */
public final class EventCache {
  /** How many to read and decode at a time, so that an event loop has time for others between. */
  private static final int CHUNK = 200;

  private static final int MAX_REDACTED = 10_000;

  private final RecordLog log;
  private final Cache<String, KnownEvent> cache;

  /** Events that were redacted lately, whose content the log may not have lost yet: their rooms. */
  private final Cache<String, String> redacted =
      Caffeine.newBuilder()
          .maximumSize(MAX_REDACTED)
          .expireAfterWrite(Duration.ofMinutes(10))
          .recordStats()
          .build();

  /**
   * @param bytes about how much memory the events may take
   */
  public EventCache(RecordLog log, long bytes, MeterRegistry metrics) {
    this.log = log;
    this.cache =
        Caffeine.newBuilder()
            .maximumWeight(bytes)
            .weigher((String id, KnownEvent event) -> event.weight())
            .executor(Runnable::run)
            .recordStats()
            .build();
    CaffeineCacheMetrics.monitor(metrics, cache, "stele.events");
    CaffeineCacheMetrics.monitor(metrics, redacted, "stele.redacted_events");
  }

  /** The event, if it is in memory. */
  public @Nullable KnownEvent ifPresent(String eventId) {
    return cache.getIfPresent(eventId);
  }

  /** Keeps an event that was just committed, unless it is there already. */
  public void put(KnownEvent event) {
    cache.asMap().putIfAbsent(event.id(), event);
  }

  /** Takes the content of a room's event from memory, and keeps it from coming back. */
  public void redact(String roomId, String eventId) {
    redacted.put(eventId, roomId);
    KnownEvent unused =
        cache
            .asMap()
            .computeIfPresent(
                eventId,
                (id, event) -> event.event().roomId().equals(roomId) ? event.redacted() : event);
  }

  /** The events with these ids, by id; ids that are not in the log are left out. */
  public Future<Map<String, KnownEvent>> byId(Collection<String> eventIds) {
    Map<String, KnownEvent> found = present(eventIds);
    List<Claim> missing =
        eventIds.stream()
            .filter(id -> !found.containsKey(id))
            .distinct()
            .map(Claims::event)
            .toList();
    return missing.isEmpty()
        ? Future.succeededFuture(found)
        : log.holders(missing)
            .compose(holders -> load(new ArrayList<>(holders.values()), found, true));
  }

  /**
   * The events with these ids, whose positions are known.
   *
   * @param positions position of each event, by id
   */
  public Future<Map<String, KnownEvent>> at(Map<String, Long> positions) {
    return at(positions, true);
  }

  /**
   * The same.
   *
   * @param keep whether to keep in memory what was read; not for those that are read by the
   *     thousand, which would take the place of all others
   */
  Future<Map<String, KnownEvent>> at(Map<String, Long> positions, boolean keep) {
    Map<String, KnownEvent> found = present(positions.keySet());
    List<Long> missing = new ArrayList<>();
    positions.forEach(
        (id, position) -> {
          if (!found.containsKey(id)) {
            missing.add(position);
          }
        });
    return missing.isEmpty() ? Future.succeededFuture(found) : load(missing, found, keep);
  }

  private KnownEvent known(RoomEvent event, long position) {
    KnownEvent known = new KnownEvent(event, position);
    return event.roomId().equals(redacted.getIfPresent(event.eventId())) ? known.redacted() : known;
  }

  private Map<String, KnownEvent> present(Collection<String> eventIds) {
    return new HashMap<>(cache.getAllPresent(eventIds));
  }

  private Future<Map<String, KnownEvent>> load(
      Collection<Long> positions, Map<String, KnownEvent> found, boolean keep) {
    return positions.size() <= CHUNK
        ? loadSome(positions, found, keep)
        : load(List.copyOf(positions), 0, found, keep);
  }

  private Future<Map<String, KnownEvent>> load(
      List<Long> positions, int first, Map<String, KnownEvent> found, boolean keep) {
    int end = Math.min(first + CHUNK, positions.size());
    Future<Map<String, KnownEvent>> loaded = loadSome(positions.subList(first, end), found, keep);
    return end == positions.size()
        ? loaded
        : loaded.compose(before -> load(positions, end, found, keep));
  }

  private Future<Map<String, KnownEvent>> loadSome(
      Collection<Long> positions, Map<String, KnownEvent> found, boolean keep) {
    return log.readAt(positions)
        .map(
            entries -> {
              for (Entry entry : entries) {
                if (entry.fact() instanceof RoomEvent event) {
                  KnownEvent known = known(event, entry.position());
                  if (keep) {
                    cache.put(event.eventId(), known);
                  }
                  found.put(event.eventId(), known);
                }
              }
              return found;
            });
  }
}
