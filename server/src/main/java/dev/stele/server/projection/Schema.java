package dev.stele.server.projection;

import dev.stele.eventstore.postgres.Checkpoints;
import io.vertx.core.Future;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.SqlConnection;
import io.vertx.sqlclient.Tuple;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The tables of projections. Beside them stands which version of which projection made which table:
 * those of another version, and those of projections that are no more, are dropped, and the
 * projection goes back to the start of the log.
 */
final class Schema {
  private static final Logger LOG = LoggerFactory.getLogger(Schema.class);
  private static final String NAME = "projection";

  private final SqlConnection transaction;
  private final List<Projection> projections;

  private Schema(SqlConnection transaction, List<Projection> projections) {
    this.transaction = transaction;
    this.projections = projections;
  }

  /** What made the tables that are there. */
  private record Made(int version, List<String> tables) {
    static Made by(Projection projection) {
      return new Made(projection.version(), projection.tables());
    }

    static Made read(Row row) {
      return new Made(row.getInteger("version"), List.of(row.getArrayOfStrings("tables")));
    }
  }

  /** Makes what tables are missing, and makes those anew that another version made. */
  static Future<Void> prepare(List<Projection> projections, Pool pool) {
    return pool.withTransaction(transaction -> new Schema(transaction, projections).prepare());
  }

  /** Drops every table and sends the projections back to the start of the log. */
  static Future<Void> drop(List<Projection> projections, Pool pool) {
    List<String> names = projections.stream().map(Projection::name).toList();
    return pool.withTransaction(
        transaction ->
            transaction
                .query("DROP SCHEMA IF EXISTS " + NAME + " CASCADE")
                .execute()
                .compose(dropped -> Checkpoints.reset(transaction, names))
                .mapEmpty());
  }

  /** The name of a table, for a statement. */
  static String qualified(String table) {
    return NAME + ".\"" + table + '"';
  }

  private Future<Void> prepare() {
    return run("CREATE SCHEMA IF NOT EXISTS " + NAME)
        .compose(
            created ->
                run(
                    "CREATE TABLE IF NOT EXISTS "
                        + qualified("version")
                        + " (name text PRIMARY KEY, version int NOT NULL, tables text[] NOT NULL)"))
        .compose(created -> stored())
        .compose(this::dropOutdated)
        .compose(dropped -> createTables());
  }

  private Future<Map<String, Made>> stored() {
    return transaction
        .query("SELECT name, version, tables FROM " + qualified("version"))
        .execute()
        .map(
            rows -> {
              Map<String, Made> stored = new HashMap<>();
              rows.forEach(row -> stored.put(row.getString("name"), Made.read(row)));
              return stored;
            });
  }

  private Future<Void> dropOutdated(Map<String, Made> stored) {
    List<Projection> outdated =
        projections.stream().filter(p -> !Made.by(p).equals(stored.get(p.name()))).toList();
    Set<String> names = outdated.stream().map(Projection::name).collect(Collectors.toSet());
    Set<String> current = projections.stream().map(Projection::name).collect(Collectors.toSet());
    stored.keySet().stream().filter(name -> !current.contains(name)).forEach(names::add);
    Set<String> tables = new LinkedHashSet<>();
    names.forEach(name -> tables.addAll(stored.getOrDefault(name, new Made(0, List.of())).tables));
    outdated.forEach(projection -> tables.addAll(projection.tables()));
    return dropTables(tables)
        .compose(dropped -> forget(names))
        .compose(forgotten -> note(outdated));
  }

  private Future<Void> dropTables(Set<String> tables) {
    return tables.isEmpty()
        ? Future.succeededFuture()
        : run(
            "DROP TABLE IF EXISTS "
                + tables.stream().map(Schema::qualified).collect(Collectors.joining(", ")));
  }

  private Future<Void> forget(Set<String> names) {
    return transaction
        .preparedQuery("DELETE FROM " + qualified("version") + " WHERE name = ANY ($1)")
        .execute(Tuple.of(names.toArray(String[]::new)))
        .compose(deleted -> Checkpoints.reset(transaction, names))
        .onSuccess(
            reset ->
                reset.forEach(
                    name ->
                        LOG.info(
                            "The tables of {} were made by another version and are folded anew",
                            name)))
        .mapEmpty();
  }

  private Future<Void> note(List<Projection> made) {
    List<Tuple> rows = new ArrayList<>();
    for (Projection projection : made) {
      String[] tables = projection.tables().toArray(String[]::new);
      rows.add(Tuple.of(projection.name(), projection.version(), tables));
    }
    return Batch.execute(
        transaction,
        "INSERT INTO " + qualified("version") + " (name, version, tables) VALUES ($1, $2, $3)",
        rows);
  }

  private Future<Void> createTables() {
    StringBuilder tables = new StringBuilder();
    for (Projection projection : projections) {
      for (String table : projection.tables()) {
        tables.append(resource("/db/projection/" + projection.name() + "/" + table + ".sql"));
      }
    }
    return tables.isEmpty() ? Future.succeededFuture() : run(tables.toString());
  }

  private Future<Void> run(String sql) {
    return transaction.query(sql).execute().mapEmpty();
  }

  private static String resource(String path) {
    try (InputStream in = Schema.class.getResourceAsStream(path)) {
      if (in == null) {
        throw new IllegalStateException("resource " + path + " is missing");
      }
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
