package dev.stele.server.projection;

import dev.stele.server.record.RecordLog;
import io.vertx.core.Future;
import io.vertx.sqlclient.Pool;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** All projections of a server: their tables, their projectors, and the rebuild. */
public final class Projections {
  /** From how many records on a fold changes what the planner should know. */
  private static final long MUCH = 20_000;

  private final List<Projection> projections;
  private final Pool pool;
  private final Map<String, Projector> projectors = new LinkedHashMap<>();

  private Projections(List<Projection> projections, Pool pool) {
    this.projections = projections;
    this.pool = pool;
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
   * starts folding from where each projection stands.
   */
  public static Future<Projections> start(List<Projection> projections, RecordLog log, Pool pool) {
    Projections started = new Projections(List.copyOf(projections), pool);
    return Schema.prepare(started.projections, pool)
        .compose(prepared -> started.startProjectors(log))
        .map(started);
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

  /**
   * As {@link #caughtUp()}. Of tables to which much was added the planner is told at once: it would
   * take them for empty until the database looks at them by itself.
   */
  public Future<Void> settled() {
    String grown =
        projections.stream()
            .filter(projection -> projector(projection).behind() >= MUCH)
            .flatMap(projection -> projection.tables().stream())
            .map(Schema::qualified)
            .collect(Collectors.joining(", "));
    return caughtUp()
        .compose(
            done ->
                grown.isEmpty()
                    ? Future.succeededFuture()
                    : pool.query("ANALYZE " + grown).execute().mapEmpty());
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

  /** Stops folding. */
  public Future<Void> close() {
    return Future.all(projectors.values().stream().map(Projector::close).toList()).mapEmpty();
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

  private Future<Void> startProjectors(RecordLog log) {
    List<Future<Void>> started = new ArrayList<>();
    for (Projection projection : projections) {
      started.add(
          Projector.start(projection, log, pool)
              .onSuccess(projector -> projectors.put(projection.name(), projector))
              .mapEmpty());
    }
    return Future.all(started).mapEmpty();
  }
}
