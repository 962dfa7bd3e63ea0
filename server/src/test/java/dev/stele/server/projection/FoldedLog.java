package dev.stele.server.projection;

import static dev.stele.server.http.TestEdge.await;
import static org.assertj.core.api.Assertions.assertThat;

import dev.stele.eventstore.embedded.FreshDatabases;
import dev.stele.eventstore.postgres.LogOptions;
import dev.stele.eventstore.postgres.PostgresEventLog;
import dev.stele.server.projection.Projections.Digest;
import dev.stele.server.record.Entry;
import dev.stele.server.record.Fact;
import dev.stele.server.record.RecordLog;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.vertx.core.Vertx;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.Tuple;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/** A real log on an empty database, and what is folded from it. */
public final class FoldedLog implements AutoCloseable {
  private static final int MOST = 10_000;

  private final Vertx vertx = Vertx.vertx();
  private final PostgresEventLog store;
  private final RecordLog log;
  private final List<Projection> folds;
  private final Projections projections;

  public FoldedLog(Projection... folds) {
    this(log -> List.of(folds));
  }

  /**
   * @param folds the projections, some of which want the log
   */
  public FoldedLog(Function<RecordLog, List<Projection>> folds) {
    String url = await(await(FreshDatabases.ofThisJvm()).fresh());
    LogOptions options = LogOptions.defaults(InstantSource.system());
    this.store = await(PostgresEventLog.open(vertx, url, options, new SimpleMeterRegistry()));
    this.log = new RecordLog(store);
    this.folds = folds.apply(log);
    this.projections = await(Projections.start(this.folds, log, store.pool()));
  }

  public RecordLog log() {
    return log;
  }

  public Projections projections() {
    return projections;
  }

  /** The projection of a class. */
  <T extends Projection> T fold(Class<T> type) {
    return folds.stream().filter(type::isInstance).map(type::cast).findFirst().orElseThrow();
  }

  public Pool pool() {
    return store.pool();
  }

  public void append(Fact... facts) {
    append(List.of(facts));
  }

  public void append(List<Fact> facts) {
    assertThat(await(log.append(facts))).isNotNull();
  }

  /** All that is in the log. */
  public List<Entry> entries() {
    return await(log.read(0, MOST));
  }

  /** What the tables hold once everything is folded. */
  Map<String, Digest> digests() {
    await(projections.caughtUp());
    return await(projections.digests());
  }

  /** What the tables hold when the log is folded anew, so many records at a time. */
  Map<String, Digest> refold(int batchSize) {
    for (Projection fold : folds) {
      fold.tables().forEach(table -> execute("TRUNCATE " + Schema.qualified(table)));
      List<Entry> entries = entries().stream().filter(entry -> fold.folds(entry.fact())).toList();
      for (int from = 0; from < entries.size(); from += batchSize) {
        List<Entry> batch = entries.subList(from, Math.min(from + batchSize, entries.size()));
        await(pool().withTransaction(transaction -> fold.fold(transaction, batch)));
      }
    }
    return await(projections.digests());
  }

  void execute(String sql) {
    var unused = await(pool().query(sql).execute());
  }

  /** How the database would answer a question. */
  String plan(String sql, Tuple parameters) {
    return explain("EXPLAIN " + sql, parameters);
  }

  /**
   * How the database would answer a question that is asked again and again, whatever the values.
   */
  String generalPlan(String sql) {
    return lines(await(pool().query("EXPLAIN (GENERIC_PLAN) " + sql).execute()));
  }

  /** How the database has answered a question. */
  String analyzed(String sql, Tuple parameters) {
    return explain("EXPLAIN ANALYZE " + sql, parameters);
  }

  private String explain(String sql, Tuple parameters) {
    return lines(await(pool().preparedQuery(sql).execute(parameters)));
  }

  private static String lines(Iterable<Row> rows) {
    StringBuilder plan = new StringBuilder();
    rows.forEach(row -> plan.append(row.getString(0)).append('\n'));
    return plan.toString();
  }

  @Override
  public void close() {
    await(projections.close());
    await(store.close());
    await(vertx.close());
  }
}
