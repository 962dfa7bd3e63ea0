package dev.stele.server.sync;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Who is typing where. Kept in memory only: a restart forgets it. Client-server API, "Typing
 * Notifications". Thread-safe.
 */
public final class TypingNotices {
  private static final long MAX_TIMEOUT_MILLIS = 120_000;
  private static final int MAX_ROOMS = 100_000;
  private static final Duration REMEMBERED = Duration.ofMinutes(30);

  private final Vertx vertx;
  private final InstantSource clock;
  private final AtomicLong counter;
  private final Cache<String, Typing> rooms =
      Caffeine.newBuilder().maximumSize(MAX_ROOMS).expireAfterWrite(REMEMBERED).build();
  private volatile Function<String, Future<Void>> listener = room -> Future.succeededFuture();

  public TypingNotices(Vertx vertx, InstantSource clock) {
    this.vertx = vertx;
    this.clock = clock;
    // Starts beyond every count of an earlier run, so that its tokens see what is new.
    this.counter = new AtomicLong(clock.millis() * 1_000);
  }

  /**
   * Who is typing in a room.
   *
   * @param count the count at which this became so
   * @param until when each user's notice ends, in milliseconds since the Unix epoch
   */
  record Typing(long count, TreeMap<String, Long> until) {
    Set<String> users() {
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

  /** The count of the newest change anywhere. */
  long count() {
    return counter.get();
  }

  /** What is known of a room, if anything was said there lately. */
  @Nullable Typing in(String roomId) {
    return rooms.getIfPresent(roomId);
  }

  private boolean change(String roomId, String userId, long until) {
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
                      ? new Typing(counter.incrementAndGet(), users)
                      : new Typing(known.count(), users);
                });
    return changed[0];
  }

  private void tell(String roomId) {
    Future<Void> unused = listener.apply(roomId);
  }

  private void expire(String roomId) {
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
                  return changed[0] ? new Typing(counter.incrementAndGet(), users) : known;
                });
    if (changed[0]) {
      tell(roomId);
    }
  }
}
