package dev.stele.server.projection;

import dev.stele.eventstore.postgres.Checkpoints;
import dev.stele.server.record.RecordLog;
import io.vertx.core.Future;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.SqlConnection;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** All projections of a server: their tables, their projectors, and the rebuild. */
public final class Projections {
  private static final String SCHEMA = "projection";

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

  /** Creates what tables are missing and starts folding from where each projection stands. */
  public static Future<Projections> start(List<Projection> projections, RecordLog log, Pool pool) {
    Projections started = new Projections(List.copyOf(projections), pool);
    return started.createTables().compose(created -> started.startProjectors(log)).map(started);
  }

  /** Empties every projection, so that the next start folds the whole log again. */
  public static Future<Void> clear(List<Projection> projections, Pool pool) {
    List<String> names = projections.stream().map(Projection::name).toList();
    return pool.withTransaction(
        transaction ->
            transaction
                .query("DROP SCHEMA IF EXISTS " + SCHEMA + " CASCADE")
                .execute()
                .compose(dropped -> Checkpoints.reset(transaction, names)));
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
            + SCHEMA
            + "."
            + table
            + " t";
    return pool.query(sql)
        .execute()
        .map(rows -> rows.iterator().next())
        .map(row -> new Digest(row.getLong("rows"), row.getString("digest")));
  }

  private Future<Void> createTables() {
    return pool.withTransaction(
        transaction -> {
          Future<?> created = transaction.query("CREATE SCHEMA IF NOT EXISTS " + SCHEMA).execute();
          for (Projection projection : projections) {
            for (String table : projection.tables()) {
              created = created.compose(done -> createTable(transaction, projection, table));
            }
          }
          return created.mapEmpty();
        });
  }

  private static Future<?> createTable(
      SqlConnection transaction, Projection projection, String table) {
    return transaction
        .query(resource("/db/projection/" + projection.name() + "/" + table + ".sql"))
        .execute();
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

  private static String resource(String path) {
    try (InputStream in = Projections.class.getResourceAsStream(path)) {
      if (in == null) {
        throw new IllegalStateException("resource " + path + " is missing");
      }
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
