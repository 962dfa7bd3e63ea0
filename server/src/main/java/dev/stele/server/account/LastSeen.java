package dev.stele.server.account;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.stele.server.record.DeviceSeen;
import dev.stele.server.record.RecordLog;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.cache.CaffeineCacheMetrics;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * When and from where devices made their last requests. Thread-safe.
 *
 * <p>In memory this is exact to a second, for the 100,000 devices that were seen last. The log gets
 * to know of a device when it is first seen, when its address changes, and when an hour has passed
 * since; what there is to write is written together every five minutes, and when the server stops.
 * So after a crash, or where another node served the device, it is up to an hour and five minutes
 * old.
 */
public final class LastSeen {
  private static final Logger logger = LoggerFactory.getLogger(LastSeen.class);
  private static final int MAX_DEVICES = 100_000;
  private static final int MAX_FACTS = 500;
  private static final long EXACT_MILLIS = 1_000;
  private static final long WRITE_AFTER_MILLIS = Duration.ofHours(1).toMillis();
  private static final long FLUSH_MILLIS = Duration.ofMinutes(5).toMillis();

  private final Vertx vertx;
  private final RecordLog log;
  private final InstantSource clock;
  private final long timer;
  private final Cache<Device, Sighting> sightings =
      Caffeine.newBuilder().recordStats().executor(Runnable::run).maximumSize(MAX_DEVICES).build();

  /** The devices of which there is something to write. */
  private final Set<Device> due = ConcurrentHashMap.newKeySet();

  public LastSeen(Vertx vertx, RecordLog log, InstantSource clock) {
    this.vertx = vertx;
    this.log = log;
    this.clock = clock;
    this.timer = vertx.setPeriodic(FLUSH_MILLIS, timer -> flushAgain());
  }

  private record Device(String userId, String deviceId) {}

  /**
   * A request of a device.
   *
   * @param ip the address that it came from
   * @param ts when, in milliseconds since the Unix epoch
   * @param writtenTs the time of the last one that is on record, as far as known here; 0 if none
   */
  public record Sighting(String ip, long ts, long writtenTs) {}

  /** Remembers a request. */
  public void note(String userId, String deviceId, String ip) {
    Device device = new Device(userId, deviceId);
    long now = clock.millis();
    Sighting before = sightings.getIfPresent(device);
    if (before == null) {
      sightings.put(device, new Sighting(ip, now, 0));
      remind(device);
      return;
    }
    boolean moved = !before.ip().equals(ip);
    if (moved || now - before.ts() >= EXACT_MILLIS) {
      sightings.put(device, new Sighting(ip, now, before.writtenTs()));
    }
    if (moved || now - before.writtenTs() >= WRITE_AFTER_MILLIS) {
      remind(device);
    }
  }

  private void remind(Device device) {
    if (due.size() < MAX_DEVICES) {
      due.add(device);
    }
  }

  /** The last request of a device that this node has served. */
  public Optional<Sighting> of(String userId, String deviceId) {
    return Optional.ofNullable(sightings.getIfPresent(new Device(userId, deviceId)));
  }

  /** Writes what there is to write. The future completes once it is durable. */
  Future<Void> flush() {
    List<Map.Entry<Device, Sighting>> taken = new ArrayList<>();
    Iterator<Device> next = due.iterator();
    while (next.hasNext() && taken.size() < MAX_FACTS) {
      Device device = next.next();
      next.remove();
      Sighting sighting = sightings.getIfPresent(device);
      if (sighting != null) {
        taken.add(Map.entry(device, sighting));
      }
    }
    return taken.isEmpty()
        ? Future.succeededFuture()
        : log.append(taken.stream().map(LastSeen::fact).toList())
            .onSuccess(appended -> taken.forEach(this::written))
            .onFailure(failure -> taken.forEach(entry -> due.add(entry.getKey())))
            .compose(appended -> flush());
  }

  /** Writes for the last time. */
  public Future<Void> close() {
    vertx.cancelTimer(timer);
    return flush();
  }

  /** What cannot be written now is due the next time. */
  private void flushAgain() {
    flush().onFailure(failure -> logger.debug("Sightings of devices are not written", failure));
  }

  private void written(Map.Entry<Device, Sighting> entry) {
    sightings
        .asMap()
        .computeIfPresent(
            entry.getKey(),
            (device, now) -> new Sighting(now.ip(), now.ts(), entry.getValue().ts()));
  }

  private static DeviceSeen fact(Map.Entry<Device, Sighting> entry) {
    Device device = entry.getKey();
    Sighting sighting = entry.getValue();
    return new DeviceSeen(device.userId(), device.deviceId(), sighting.ip(), sighting.ts());
  }

  /** Counts the devices that were seen lately. */
  public void monitor(MeterRegistry metrics) {
    CaffeineCacheMetrics.monitor(metrics, sightings, "stele.last_seen");
    Gauge.builder("stele.last_seen.due", due, Set::size)
        .description("Devices of which it is to be written when they were seen last")
        .register(metrics);
  }
}
