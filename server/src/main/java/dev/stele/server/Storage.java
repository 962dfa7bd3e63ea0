package dev.stele.server;

import dev.stele.eventstore.embedded.EmbeddedPostgres;
import dev.stele.eventstore.postgres.LogOptions;
import dev.stele.eventstore.postgres.PostgresEventLog;
import dev.stele.server.record.RecordLog;
import dev.stele.server.settings.Settings;
import io.micrometer.core.instrument.MeterRegistry;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.sqlclient.Pool;
import java.time.InstantSource;
import java.util.Optional;

/** The log and the database below it: the operator's, or one of our own. */
final class Storage {
  /** Whoever holds it is the one server that appends. */
  private static final String LEASE = "server";

  private final PostgresEventLog log;
  private final Optional<EmbeddedPostgres> embedded;
  private final RecordLog records;
  private final Promise<String> failure = Promise.promise();

  private Storage(PostgresEventLog log, Optional<EmbeddedPostgres> embedded) {
    this.log = log;
    this.embedded = embedded;
    this.records = new RecordLog(log);
    log.fenced().onSuccess(fenced -> fail("another Stele has taken over the database"));
    embedded.ifPresent(
        postgres ->
            postgres
                .ended()
                .onSuccess(status -> fail("PostgreSQL has ended with status " + status)));
  }

  static Future<Storage> open(
      Vertx vertx, Settings settings, InstantSource clock, MeterRegistry metrics) {
    Optional<String> url = settings.database().url();
    if (url.isPresent()) {
      return openLog(vertx, url.get(), clock, metrics)
          .map(log -> new Storage(log, Optional.empty()));
    }
    return EmbeddedPostgres.start(vertx, settings.dataDir().resolve("postgres"))
        .compose(
            postgres ->
                openLog(vertx, postgres.url(), clock, metrics)
                    .map(log -> new Storage(log, Optional.of(postgres)))
                    .recover(
                        failure ->
                            postgres.stop().transform(stopped -> Future.failedFuture(failure))));
  }

  private static Future<PostgresEventLog> openLog(
      Vertx vertx, String url, InstantSource clock, MeterRegistry metrics) {
    return PostgresEventLog.open(vertx, url, LogOptions.defaults(clock).withLease(LEASE), metrics);
  }

  RecordLog log() {
    return records;
  }

  Pool pool() {
    return log.pool();
  }

  /** Completes when the database answers. */
  Future<Void> answers() {
    return pool().query("SELECT 1").execute().mapEmpty();
  }

  /** Completes with the reason when the storage is lost for good. */
  Future<String> failure() {
    return failure.future();
  }

  Future<Void> close() {
    return log.close()
        .eventually(() -> embedded.map(EmbeddedPostgres::stop).orElse(Future.succeededFuture()));
  }

  private void fail(String reason) {
    boolean unused = failure.tryComplete(reason);
  }
}
