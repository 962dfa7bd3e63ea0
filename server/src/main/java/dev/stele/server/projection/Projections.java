package dev.stele.server.projection;

import static java.util.concurrent.TimeUnit.MILLISECONDS;

import dev.stele.eventstore.postgres.Checkpoints;
import dev.stele.server.record.RecordLog;
import io.vertx.core.Future;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.SqlConnection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** All projections of a server: their tables, their projectors, and the rebuild. */
public final class Projections {
  /** From how many records on a fold changes what the planner should know. */
  private static final long MUCH = 20_000;

  /** How long the end waits for what only makes the next start faster. */
  private static final long NOTE_MILLIS = 500;

  private final List<Projection> projections;
  private final Pool pool;
  private final Map<String, Projector> projectors;

  private Projections(List<Projection> projections, Pool pool, Map<String, Projector> projectors) {
    this.projections = projections;
    this.pool = pool;
    this.projectors = projectors;
  }

  /**
   * What a table holds, in short: equal for equal rows in any order.
   *
   * @param rows the number of rows
   * @param sum a digest of them
   */
  public record Digest(long rows, String sum) {}

  /**
   * Creates what tables are missing, drops those that another version of a projection has made, and
   * starts folding from where each projection stands; completes once that has been done with all
   * that was committed when it began.
   */
  public static Future<Projections> start(List<Projection> projections, RecordLog log, Pool pool) {
    List<Projection> all = List.copyOf(projections);
    return Schema.prepare(all, pool)
        .compose(prepared -> Checkpoints.get(pool, all.stream().map(Projection::name).toList()))
        .map(
            checkpoints ->
                all.stream()
                    .map(one -> new Folding(one, pool, checkpoints.getOrDefault(one.name(), 0L)))
                    .toList())
        .compose(foldings -> catchUp(foldings, log, pool).map(foldings))
        .map(
            foldings -> {
              Map<String, Projector> projectors = new LinkedHashMap<>();
              foldings.forEach(
                  one -> projectors.put(one.projection().name(), new Projector(one, log)));
              return new Projections(all, pool, projectors);
            });
  }

  /**
   * Lets all of them catch up together. Of tables to which much was added the planner is told at
   * once: it would take them for empty until the database looks at them by itself.
   */
  private static Future<Void> catchUp(List<Folding> foldings, RecordLog log, Pool pool) {
    long end = log.committed();
    List<String> grown =
        foldings.stream()
            .filter(folding -> end - folding.position() >= MUCH)
            .flatMap(folding -> folding.projection().tables().stream())
            .map(Schema::qualified)
            .toList();
    return CatchUp.run(foldings, log, end)
        .compose(
            done ->
                grown.isEmpty()
                    ? Future.succeededFuture()
                    : pool.query("ANALYZE " + String.join(", ", grown)).execute().mapEmpty());
  }

  /** Empties every projection, so that the next start folds the whole log again. */
  public static Future<Void> clear(List<Projection> projections, Pool pool) {
    return Schema.drop(projections, pool);
  }

  /** Completes once this projection has folded every record that is committed now. */
  public Future<Void> caughtUp(Projection projection) {
    return projector(projection).caughtUp();
  }

  /** Completes once all projections have folded every record that is committed now. */
  public Future<Void> caughtUp() {
    return Future.all(projectors.values().stream().map(Projector::caughtUp).toList()).mapEmpty();
  }

  /** The digest of each table. */
  public Future<Map<String, Digest>> digests() {
    Future<Map<String, Digest>> digests = Future.succeededFuture(new LinkedHashMap<>());
    for (String table : projections.stream().flatMap(p -> p.tables().stream()).toList()) {
      digests =
          digests.compose(
              found ->
                  digest(table)
                      .map(
                          digest -> {
                            found.put(table, digest);
                            return found;
                          }));
    }
    return digests;
  }

  /** Stops folding, and notes how far each projection has got, if the database takes it. */
  public Future<Void> close() {
    return Future.all(projectors.values().stream().map(Projector::close).toList())
        .compose(closed -> pool.withTransaction(this::note).timeout(NOTE_MILLIS, MILLISECONDS))
        .transform(noted -> Future.succeededFuture());
  }

  private Future<Void> note(SqlConnection transaction) {
    Future<Void> noted =
        transaction.query("SET LOCAL synchronous_commit = off").execute().mapEmpty();
    for (Projector projector : projectors.values()) {
      noted = noted.compose(before -> projector.note(transaction));
    }
    return noted;
  }

  private Projector projector(Projection projection) {
    Projector projector = projectors.get(projection.name());
    if (projector == null) {
      throw new IllegalArgumentException(
          "projection: " + projection.name() + " (expected: one of " + projectors.keySet() + ")");
    }
    return projector;
  }

  private Future<Digest> digest(String table) {
    String sql =
        "SELECT count(*) AS rows, coalesce(sum(hashtextextended(t::text, 0)::numeric), 0)::text"
            + " AS digest FROM "
            + Schema.qualified(table)
            + " t";
    return pool.query(sql)
        .execute()
        .map(rows -> rows.iterator().next())
        .map(row -> new Digest(row.getLong("rows"), row.getString("digest")));
  }
}
