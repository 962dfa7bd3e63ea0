package dev.stele.eventstore.postgres;

import java.time.Duration;
import java.time.InstantSource;
import org.jspecify.annotations.Nullable;

/**
 * How the log works.
 *
 * @param clock tells when records are appended
 * @param lease the lease that this writer takes over when it opens the log, so that an earlier
 *     holder can append no more; null to share the log with others
 * @param maxBatchRecords how many records one transaction appends at most; at least 1
 * @param maxBatchBytes about how many characters one transaction appends at most
 * @param maxWaiting how many appends may wait; more are refused as overload
 * @param patience how long the database may take for an append before the append fails, or to give
 *     a connection; and how long a follower may do nothing of what it has to do before those who
 *     wait for it are told so
 */
public record LogOptions(
    InstantSource clock,
    @Nullable String lease,
    int maxBatchRecords,
    int maxBatchBytes,
    int maxWaiting,
    Duration patience) {

  /** What serves well: batches of 512 records or 4 MB, 50,000 waiting, 10 s, no lease. */
  public static LogOptions defaults(InstantSource clock) {
    return new LogOptions(clock, null, 512, 4 << 20, 50_000, Duration.ofSeconds(10));
  }

  /** The same with a lease. */
  public LogOptions withLease(String name) {
    return new LogOptions(clock, name, maxBatchRecords, maxBatchBytes, maxWaiting, patience);
  }

  /** The same with another patience. */
  public LogOptions withPatience(Duration patience) {
    return new LogOptions(clock, lease, maxBatchRecords, maxBatchBytes, maxWaiting, patience);
  }
}
