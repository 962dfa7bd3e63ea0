package dev.stele.server;

import io.vertx.core.Future;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Whether the server should be sent requests. However often it is asked, it asks the database once
 * a second at most, and one question at a time. Thread-safe.
 */
final class Readiness {
  private static final Logger LOG = LoggerFactory.getLogger(Readiness.class);
  private static final long PATIENCE_MILLIS = 1_000;
  private static final long FRESH_NANOS = TimeUnit.SECONDS.toNanos(1);
  private static final List<String> DRAINING = List.of("draining");
  private static final List<String> DATABASE = List.of("database");

  private final Supplier<Future<Void>> question;
  private final LongSupplier nanoClock;
  private Probe last;
  private volatile boolean draining;

  /** A question to the database, and when it was asked. */
  private record Probe(long at, Future<Boolean> answers) {}

  /**
   * @param question asks the database something that it answers at once
   */
  Readiness(Supplier<Future<Void>> question, LongSupplier nanoClock) {
    this.question = question;
    this.nanoClock = nanoClock;
    this.last = new Probe(nanoClock.getAsLong(), known(true));
  }

  /** From now on nobody should send requests any more. */
  void drain() {
    draining = true;
  }

  /** What keeps the server from serving; nothing if it is ready. Never fails. */
  Future<List<String>> obstacles() {
    if (draining) {
      return Future.succeededFuture(DRAINING);
    }
    return database().map(answers -> answers ? List.of() : DATABASE);
  }

  private synchronized Future<Boolean> database() {
    Probe known = last;
    long now = nanoClock.getAsLong();
    if (!known.answers.isComplete() || now - known.at < FRESH_NANOS) {
      return known.answers;
    }
    Future<Boolean> answers =
        question
            .get()
            .timeout(PATIENCE_MILLIS, TimeUnit.MILLISECONDS)
            .transform(result -> known(result.succeeded()))
            .onSuccess(well -> tell(known.answers.result(), well));
    last = new Probe(now, answers);
    return answers;
  }

  private static Future<Boolean> known(boolean answers) {
    return Future.succeededFuture(answers);
  }

  private static void tell(boolean before, boolean now) {
    if (before && !now) {
      LOG.warn("not ready: the database does not answer");
    } else if (now && !before) {
      LOG.info("ready again: the database answers");
    }
  }
}
