package dev.stele.eventstore.postgres;

import io.micrometer.core.instrument.DistributionSummary;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** What the writer tells about itself. Times are given by {@link System#nanoTime()}. */
final class WriterMeters {
  /** Percentiles would cost more than all else that is done for a record here. */
  private static final Duration[] BUCKETS = {
    Duration.ofMillis(1),
    Duration.ofMillis(2),
    Duration.ofMillis(5),
    Duration.ofMillis(10),
    Duration.ofMillis(25),
    Duration.ofMillis(100),
    Duration.ofMillis(500),
    Duration.ofMillis(2_500),
    Duration.ofSeconds(10)
  };

  private final DistributionSummary batch;
  private final Timer commit;
  private final Timer append;

  WriterMeters(MeterRegistry metrics, AtomicInteger waiting) {
    batch =
        DistributionSummary.builder("stele.log.batch")
            .description("Records in one transaction")
            .serviceLevelObjectives(1, 4, 16, 64, 256)
            .register(metrics);
    commit = timer(metrics, "stele.log.commit", "Time that a transaction takes");
    append = timer(metrics, "stele.log.append", "Time from an append to its outcome");
    Gauge.builder("stele.log.waiting", waiting, AtomicInteger::get)
        .description("Appends that wait")
        .register(metrics);
  }

  void committed(int records, long began) {
    batch.record(records);
    commit.record(System.nanoTime() - began, TimeUnit.NANOSECONDS);
  }

  void settled(long since) {
    append.record(System.nanoTime() - since, TimeUnit.NANOSECONDS);
  }

  private static Timer timer(MeterRegistry metrics, String name, String description) {
    return Timer.builder(name)
        .description(description)
        .serviceLevelObjectives(BUCKETS)
        .register(metrics);
  }
}
