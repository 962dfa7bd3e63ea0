package dev.stele.server.sync;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.cache.CaffeineCacheMetrics;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Who is typing where. Kept in memory only: a restart forgets it. Client-server API, "Typing
 * Notifications". Thread-safe: what is held under its lock takes no time.
 */
public final class TypingNotices {
  private static final long MAX_TIMEOUT_MILLIS = 120_000;
  private static final int MAX_ROOMS = 100_000;
  private static final int MAX_CHANGES = 10_000;
  private static final Duration REMEMBERED = Duration.ofMinutes(30);

  private final Vertx vertx;
  private final InstantSource clock;
  private final Cache<String, Typing> rooms =
      Caffeine.newBuilder()
          .recordStats()
          .maximumSize(MAX_ROOMS)
          .expireAfterWrite(REMEMBERED)
          .build();

  /** The newest changes: the count of each, and the room; older ones are forgotten. */
  private final TreeMap<Long, String> changes = new TreeMap<>();

  private long forgotten;
  private long count;
  private volatile Function<String, Future<Void>> listener = room -> Future.succeededFuture();

  public TypingNotices(Vertx vertx, InstantSource clock) {
    this.vertx = vertx;
    this.clock = clock;
    // Starts beyond every count of an earlier run, so that its tokens see what is new.
    this.count = clock.millis() * 1_000;
    this.forgotten = count;
  }

  /**
   * Who is typing in a room.
   *
   * @param count the count at which this became so
   * @param until when each user's notice ends, in milliseconds since the Unix epoch
   */
  public record Typing(long count, TreeMap<String, Long> until) {
    public Set<String> users() {
      return until.keySet();
    }
  }

  /** Whom to tell that the notices of a room have changed. */
  void listen(Function<String, Future<Void>> listener) {
    this.listener = listener;
  }

  /**
   * A user began or stopped typing. Completes once waiting polls know.
   *
   * @param timeoutMillis how long a notice lasts, in milliseconds; at most two minutes count
   */
  public Future<Void> set(String roomId, String userId, boolean typing, long timeoutMillis) {
    long timeout = Math.max(1, Math.min(timeoutMillis, MAX_TIMEOUT_MILLIS));
    if (typing) {
      long unused = vertx.setTimer(timeout + 1, timer -> expire(roomId));
    }
    boolean changed = change(roomId, userId, typing ? clock.millis() + timeout : 0);
    return changed ? listener.apply(roomId) : Future.succeededFuture();
  }

  /** Counts a change of something else that is not in the log. */
  public synchronized long next() {
    return ++count;
  }

  /** The count of the newest change anywhere. */
  public synchronized long count() {
    return count;
  }

  /** The rooms where something has changed after a count; nothing if that is not known any more. */
  public synchronized Optional<Set<String>> changedSince(long after) {
    return after < forgotten
        ? Optional.empty()
        : Optional.of(Set.copyOf(changes.tailMap(after, false).values()));
  }

  private long next(String roomId) {
    count++;
    changes.put(count, roomId);
    if (changes.size() > MAX_CHANGES) {
      forgotten = changes.pollFirstEntry().getKey();
    }
    return count;
  }

  /** What is known of a room, if anything was said there lately. */
  public @Nullable Typing in(String roomId) {
    return rooms.getIfPresent(roomId);
  }

  private synchronized boolean change(String roomId, String userId, long until) {
    boolean[] changed = {false};
    Typing unused =
        rooms
            .asMap()
            .compute(
                roomId,
                (room, known) -> {
                  TreeMap<String, Long> users =
                      known == null ? new TreeMap<>() : new TreeMap<>(known.until());
                  Long before = until == 0 ? users.remove(userId) : users.put(userId, until);
                  changed[0] = (before == null) != (until == 0);
                  return changed[0] || known == null
                      ? new Typing(next(roomId), users)
                      : new Typing(known.count(), users);
                });
    return changed[0];
  }

  private void tell(String roomId) {
    Future<Void> unused = listener.apply(roomId);
  }

  private void expire(String roomId) {
    if (endExpired(roomId)) {
      tell(roomId);
    }
  }

  private synchronized boolean endExpired(String roomId) {
    long now = clock.millis();
    boolean[] changed = {false};
    Typing unused =
        rooms
            .asMap()
            .computeIfPresent(
                roomId,
                (room, known) -> {
                  TreeMap<String, Long> users = new TreeMap<>(known.until());
                  changed[0] = users.values().removeIf(until -> until <= now);
                  return changed[0] ? new Typing(next(roomId), users) : known;
                });
    return changed[0];
  }

  /** Counts the rooms in which somebody typed lately. */
  public void monitor(MeterRegistry metrics) {
    CaffeineCacheMetrics.monitor(metrics, rooms, "stele.typing");
  }
}
