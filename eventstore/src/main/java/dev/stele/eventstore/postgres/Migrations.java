package dev.stele.eventstore.postgres;

import io.vertx.core.Future;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.SqlConnection;
import io.vertx.sqlclient.Tuple;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** Brings the schema {@code log} up to date: each version once, in order, in one transaction. */
final class Migrations {
  /**
   * What each version adds, in order; a version that has been released never changes, but that a
   * function is left to the version that replaced it last.
   */
  private static final List<List<String>> VERSIONS =
      List.of(
          List.of(
              "tables/record",
              "tables/claim",
              "tables/head",
              "tables/checkpoint",
              "tables/lease",
              "indexes/record_stream",
              "functions/erase",
              "functions/refuse_change",
              "privileges/record"),
          List.of(
              "changes/claim_name",
              "changes/record_stream",
              "changes/lease_term",
              "functions/begin_term",
              "functions/held",
              "functions/append"),
          List.of("changes/analyze_seldom"));

  /** An arbitrary number that all servers agree on. */
  private static final long LOCK = 0x5374656c65L;

  private static final String TABLE = "CREATE TABLE log.migration (version int PRIMARY KEY)";

  private Migrations() {}

  static Future<Void> run(Pool pool) {
    return run(pool, VERSIONS.size());
  }

  /** Brings it up to an earlier version than the newest. */
  static Future<Void> run(Pool pool, int to) {
    return pool.withTransaction(
        transaction ->
            transaction
                .preparedQuery("SELECT pg_advisory_xact_lock($1)")
                .execute(Tuple.of(LOCK))
                .compose(locked -> version(transaction))
                .compose(version -> migrate(transaction, version, to)));
  }

  private static Future<Integer> version(SqlConnection transaction) {
    return transaction
        .query(
            "SELECT to_regnamespace('log') IS NOT NULL AS has_schema,"
                + " to_regclass('log.migration') IS NOT NULL AS has_table")
        .execute()
        .map(rows -> rows.iterator().next())
        .compose(
            found ->
                make(transaction, found.getBoolean("has_schema"), "CREATE SCHEMA log")
                    .compose(made -> make(transaction, found.getBoolean("has_table"), TABLE)))
        .compose(
            made ->
                transaction
                    .query("SELECT coalesce(max(version), 0) AS version FROM log.migration")
                    .execute())
        .map(rows -> rows.iterator().next().getInteger("version"));
  }

  private static Future<Void> make(SqlConnection transaction, boolean isThere, String statement) {
    return isThere ? Future.succeededFuture() : transaction.query(statement).execute().mapEmpty();
  }

  private static Future<Void> migrate(SqlConnection transaction, int version, int to) {
    if (version > VERSIONS.size()) {
      return Future.failedFuture(
          new DatabaseException(
              "the database was made by a newer Stele: its schema has version "
                  + version
                  + " (expected: at most "
                  + VERSIONS.size()
                  + ")"));
    }
    Future<?> migrated = Future.succeededFuture();
    for (int next = version + 1; next <= to; next++) {
      int number = next;
      for (String object : VERSIONS.get(next - 1)) {
        migrated = migrated.compose(done -> transaction.query(sql(object)).execute());
      }
      migrated =
          migrated.compose(
              done ->
                  transaction
                      .preparedQuery("INSERT INTO log.migration (version) VALUES ($1)")
                      .execute(Tuple.of(number)));
    }
    return migrated.mapEmpty();
  }

  private static String sql(String object) {
    try (InputStream in = Migrations.class.getResourceAsStream("/db/" + object + ".sql")) {
      if (in == null) {
        throw new IllegalStateException("resource " + object + " is missing");
      }
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
