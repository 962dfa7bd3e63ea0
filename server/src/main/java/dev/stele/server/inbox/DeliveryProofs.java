package dev.stele.server.inbox;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.stele.server.projection.Inboxes;
import dev.stele.server.record.InboxRead;
import dev.stele.server.record.RecordLog;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.cache.CaffeineCacheMetrics;
import io.vertx.core.Future;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Takes messages away that their device has surely received, because it goes on from the answer
 * that brought them. Writes only when there is something to take away, and lets nobody wait for it:
 * what is lost in a crash is done at the device's next request. Thread-safe.
 */
public final class DeliveryProofs {
  private static final Logger LOG = LoggerFactory.getLogger(DeliveryProofs.class);
  private static final int MAX_DEVICES = 50_000;
  private static final long NOTHING = Long.MAX_VALUE;

  private final RecordLog log;
  private final Inboxes inboxes;

  /** The first message that each device was told and has not proven; absent if that is unknown. */
  private final Cache<Device, Long> untaken =
      Caffeine.newBuilder().maximumSize(MAX_DEVICES).recordStats().build();

  public DeliveryProofs(RecordLog log, Inboxes inboxes, MeterRegistry metrics) {
    this.log = log;
    this.inboxes = inboxes;
    CaffeineCacheMetrics.monitor(metrics, untaken, "stele.delivery_proofs");
    FunctionCounter.builder("stele.inbox.dropped", inboxes, Inboxes::dropped)
        .description("Messages to devices that went unread because too many waited")
        .register(metrics);
  }

  private record Device(String userId, String deviceId) {}

  /** A device is sent messages, from this position on. */
  public void told(String userId, String deviceId, long first) {
    Long unused =
        untaken
            .asMap()
            .computeIfPresent(
                new Device(userId, deviceId), (device, known) -> Math.min(known, first));
  }

  /** A device has received everything up to a position. */
  public void proven(String userId, String deviceId, long upTo) {
    Device device = new Device(userId, deviceId);
    Long first = untaken.getIfPresent(device);
    if (first == null) {
      untaken.put(device, NOTHING);
      watch(
          device,
          inboxes
              .anyWaits(userId, deviceId, upTo)
              .compose(any -> any ? take(device, upTo) : Future.succeededFuture()));
    } else if (first <= upTo && untaken.asMap().replace(device, first, NOTHING)) {
      watch(device, take(device, upTo));
    }
  }

  private Future<Void> take(Device device, long upTo) {
    return log.append(List.of(new InboxRead(device.userId, device.deviceId, upTo))).mapEmpty();
  }

  private void watch(Device device, Future<Void> taken) {
    var unused =
        taken.onFailure(
            failure -> {
              LOG.warn("Messages that were received are kept until the next request", failure);
              untaken.invalidate(device);
            });
  }
}
