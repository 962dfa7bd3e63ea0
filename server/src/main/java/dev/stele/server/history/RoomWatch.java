package dev.stele.server.history;

import dev.stele.eventstore.Following;
import dev.stele.server.record.Entry;
import dev.stele.server.record.RecordLog;
import dev.stele.server.record.RoomEvent;
import dev.stele.server.record.TokenChange;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * Tells when something happens in rooms, for those who look into rooms without being in them.
 * Thread-safe.
 */
public final class RoomWatch {
  private static final int MAX_WATCHES = 10_000;

  /** By the ids of rooms, and by devices. */
  private final Map<String, Set<Watch>> watches = new ConcurrentHashMap<>();

  private final AtomicInteger count = new AtomicInteger();
  private final Following following;

  public RoomWatch(RecordLog log) {
    this.following = log.follow("room watch", log.committed(), this::accept);
  }

  /** Counts those who wait. */
  public void monitor(MeterRegistry metrics) {
    Gauge.builder("stele.room_watch.waiting", count, AtomicInteger::get)
        .description("Requests that wait for news of rooms whose members they are not")
        .register(metrics);
  }

  /**
   * Whose request waits.
   *
   * @param tokenId what its access token is known by
   */
  public record Session(String userId, String deviceId, String tokenId) {}

  /** Somebody who waits. To be stopped when they do not any more. */
  public final class Watch {
    private final Promise<Void> news = Promise.promise();
    private final Session session;
    private final List<String> names;
    private volatile @Nullable Boolean replaced;

    private Watch(Session session, Collection<String> rooms) {
      this.session = session;
      this.names = new ArrayList<>(rooms);
      names.add(device(session.userId, session.deviceId));
    }

    /**
     * Whether the access token has become void: empty if it has not, else whether the device has
     * another one, rather than being logged out.
     */
    public Optional<Boolean> isOver() {
      return Optional.ofNullable(replaced);
    }

    private void tokenIs(@Nullable String tokenId) {
      if (!session.tokenId.equals(tokenId)) {
        replaced = tokenId != null;
        stop();
      }
    }

    /**
     * Completes, on any thread, once something has happened in one of the rooms, or with the
     * device.
     */
    public Future<Void> news() {
      return news.future();
    }

    /** Ends it. */
    public void stop() {
      boolean first = news.tryComplete();
      count.addAndGet(first ? -1 : 0);
      for (String room : names) {
        Set<Watch> unused =
            watches.computeIfPresent(
                room,
                (id, of) -> {
                  Set<Watch> rest = new HashSet<>(of);
                  boolean removed = rest.remove(this);
                  return removed && rest.isEmpty() ? null : rest;
                });
      }
    }
  }

  /** Waits for news of rooms from now on. If too many wait already, there is news at once. */
  public Watch watch(Session session, Collection<String> rooms) {
    Watch watch = new Watch(session, rooms);
    if (count.incrementAndGet() > MAX_WATCHES) {
      watch.stop();
      return watch;
    }
    for (String room : watch.names) {
      Set<Watch> unused =
          watches.compute(
              room,
              (id, of) -> {
                Set<Watch> more = of == null ? new HashSet<>() : new HashSet<>(of);
                boolean added = more.add(watch);
                return added ? more : of;
              });
    }
    return watch;
  }

  /** Ends it; whoever waits is told. */
  public Future<Void> close() {
    return following
        .close()
        .onComplete(closed -> List.copyOf(watches.values()).forEach(of -> of.forEach(Watch::stop)));
  }

  private void fold(TokenChange change) {
    watches
        .getOrDefault(device(change.userId(), change.deviceId()), Set.of())
        .forEach(watch -> watch.tokenIs(change.tokenHash()));
  }

  /** What a device is watched by; no room is called so. */
  private static String device(String userId, String deviceId) {
    return userId + " " + deviceId;
  }

  private Future<Void> accept(List<Entry> entries) {
    if (!watches.isEmpty()) {
      for (Entry entry : entries) {
        if (entry.fact() instanceof RoomEvent event) {
          watches.getOrDefault(event.roomId(), Set.of()).forEach(Watch::stop);
        } else {
          TokenChange.of(entry.fact()).forEach(this::fold);
        }
      }
    }
    return Future.succeededFuture();
  }
}
