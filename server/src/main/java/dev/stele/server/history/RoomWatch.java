package dev.stele.server.history;

import dev.stele.eventstore.Following;
import dev.stele.server.record.Entry;
import dev.stele.server.record.RecordLog;
import dev.stele.server.record.RoomEvent;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Tells when something happens in rooms, for those who look into rooms without being in them.
 * Thread-safe.
 */
public final class RoomWatch {
  private static final int MAX_WATCHES = 10_000;

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

  /** Somebody who waits. To be stopped when they do not any more. */
  public final class Watch {
    private final Promise<Void> news = Promise.promise();
    private final List<String> rooms;

    private Watch(Collection<String> rooms) {
      this.rooms = List.copyOf(rooms);
    }

    /** Completes, on any thread, once something has happened in one of the rooms. */
    public Future<Void> news() {
      return news.future();
    }

    /** Ends it. */
    public void stop() {
      boolean first = news.tryComplete();
      count.addAndGet(first ? -1 : 0);
      for (String room : rooms) {
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
  public Watch watch(Collection<String> rooms) {
    Watch watch = new Watch(rooms);
    if (count.incrementAndGet() > MAX_WATCHES) {
      watch.stop();
      return watch;
    }
    for (String room : watch.rooms) {
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

  private Future<Void> accept(List<Entry> entries) {
    if (!watches.isEmpty()) {
      for (Entry entry : entries) {
        if (entry.fact() instanceof RoomEvent event) {
          watches.getOrDefault(event.roomId(), Set.of()).forEach(Watch::stop);
        }
      }
    }
    return Future.succeededFuture();
  }
}
