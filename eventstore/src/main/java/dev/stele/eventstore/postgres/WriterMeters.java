package dev.stele.eventstore.postgres;

import io.micrometer.core.instrument.DistributionSummary;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** What the writer tells about itself. Times are given by {@link System#nanoTime()}. */
final class WriterMeters {
  private final DistributionSummary batch;
  private final Timer commit;
  private final Timer append;

  WriterMeters(MeterRegistry metrics, AtomicInteger waiting) {
    batch =
        DistributionSummary.builder("stele.log.batch")
            .description("Records in one transaction")
            .publishPercentiles(0.5, 0.99)
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
        .publishPercentiles(0.5, 0.99)
        .register(metrics);
  }
}
