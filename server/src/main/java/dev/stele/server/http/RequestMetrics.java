package dev.stele.server.http;

import dev.stele.api.Endpoint;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReferenceArray;
import org.jspecify.annotations.Nullable;

/** Counts and times requests by operation and status. */
final class RequestMetrics {
  private static final int STATUSES = 600;
  private static final Duration[] BUCKETS = {
    Duration.ofMillis(1),
    Duration.ofMillis(5),
    Duration.ofMillis(25),
    Duration.ofMillis(100),
    Duration.ofMillis(500),
    Duration.ofMillis(2_500),
    Duration.ofSeconds(10),
    Duration.ofSeconds(60)
  };

  private final MeterRegistry registry;
  private final AtomicInteger connections = new AtomicInteger();
  private final Map<Endpoint, ByStatus> operations = new EnumMap<>(Endpoint.class);
  private final ByStatus others = new ByStatus(null);
  private final Counter expired;

  RequestMetrics(MeterRegistry registry) {
    this.registry = registry;
    Gauge.builder("http.server.connections", connections, AtomicInteger::doubleValue)
        .description("Open connections")
        .register(registry);
    expired =
        Counter.builder("http.server.expired")
            .description("Requests that were given up because no answer came in time")
            .register(registry);
    for (Endpoint endpoint : Endpoint.values()) {
      operations.put(endpoint, new ByStatus(endpoint));
    }
  }

  /** The number of open connections, kept by those who open and close them. */
  AtomicInteger connections() {
    return connections;
  }

  /** Counts requests that were given up. */
  Counter expired() {
    return expired;
  }

  /**
   * @param endpoint null for what is no operation
   */
  void record(@Nullable Endpoint endpoint, int status, Duration time) {
    ByStatus timers = endpoint == null ? others : operations.getOrDefault(endpoint, others);
    timers.at(status).record(time);
  }

  /** The timers of one operation, each made when it is first needed. */
  private final class ByStatus {
    private final @Nullable Endpoint endpoint;
    private final AtomicReferenceArray<@Nullable Timer> timers =
        new AtomicReferenceArray<>(STATUSES);

    ByStatus(@Nullable Endpoint endpoint) {
      this.endpoint = endpoint;
    }

    Timer at(int status) {
      Timer timer = timers.get(status);
      if (timer == null) {
        timer = register(status);
        timers.set(status, timer);
      }
      return timer;
    }

    private Timer register(int status) {
      return Timer.builder("http.server.requests")
          .description("Time from a request's headers to its answer")
          .tag("uri", endpoint == null ? "UNKNOWN" : endpoint.path())
          .tag("method", endpoint == null ? "UNKNOWN" : endpoint.method().name())
          .tag("status", Integer.toString(status))
          .serviceLevelObjectives(BUCKETS)
          .register(registry);
    }
  }
}
