package dev.stele.server.scale;

import dev.stele.eventstore.embedded.EmbeddedPostgres;
import io.vertx.core.Vertx;
import io.vertx.pgclient.PgBuilder;
import io.vertx.pgclient.PgConnectOptions;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.Row;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;

/**
 * What the tables of a data directory take on disk, largest first: whole, and by row, event and
 * change of state. The server must not be running.
 */
public final class DiskReport {
  private static final String TABLES =
      """
      SELECT n.nspname || '.' || c.relname AS name, c.reltuples::bigint AS rows,
        pg_relation_size(c.oid) + coalesce(pg_total_relation_size(nullif(c.reltoastrelid, 0)), 0)
          AS heap,
        pg_indexes_size(c.oid) AS indexes, (SELECT string_agg(
          i.indexrelid::regclass::text || ' ' || pg_relation_size(i.indexrelid) / 1048576 || ' MB',
          ', ' ORDER BY pg_relation_size(i.indexrelid) DESC)
          FROM pg_index i WHERE i.indrelid = c.oid) AS detail
      FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
      WHERE c.relkind = 'r' AND n.nspname IN ('log', 'projection')
      ORDER BY pg_total_relation_size(c.oid) DESC
      """;

  private DiskReport() {}

  /** Prints a table. Arguments: the directory, as given to {@link GenerateLog}. */
  public static void main(String[] args) throws Exception {
    Vertx vertx = Vertx.vertx();
    EmbeddedPostgres postgres =
        EmbeddedPostgres.start(vertx, Path.of(args[0]).resolve("data/postgres"))
            .await(1, TimeUnit.MINUTES);
    Pool pool =
        PgBuilder.pool()
            .connectingTo(PgConnectOptions.fromUri(postgres.url()))
            .using(vertx)
            .build();
    try {
      report(pool);
    } finally {
      pool.close().await(1, TimeUnit.MINUTES);
      postgres.stop().await(1, TimeUnit.MINUTES);
      vertx.close().await(1, TimeUnit.MINUTES);
    }
  }

  private static void report(Pool pool) {
    var unused = pool.query("VACUUM ANALYZE").execute().await();
    long events = count(pool, "projection.room_event");
    long changes = count(pool, "projection.room_state");
    System.out.printf("%,d events, %,d changes of state%n%n", events, changes);
    System.out.println("| table | rows | table MB | indexes MB | bytes a row | bytes an event | |");
    System.out.println("|---|---:|---:|---:|---:|---:|---|");
    long all = 0;
    for (Row row : pool.query(TABLES).execute().await()) {
      long size = row.getLong("heap") + row.getLong("indexes");
      all += size;
      System.out.printf(
          "| %s | %,d | %,d | %,d | %,d | %,d | %s |%n",
          row.getString("name"),
          row.getLong("rows"),
          row.getLong("heap") >> 20,
          row.getLong("indexes") >> 20,
          size / Math.max(1, row.getLong("rows")),
          size / Math.max(1, events),
          row.getString("detail"));
    }
    System.out.printf("| all | | %,d | | | %,d | |%n", all >> 20, all / Math.max(1, events));
  }

  private static long count(Pool pool, String table) {
    return pool.query("SELECT count(*) FROM " + table)
        .execute()
        .await()
        .iterator()
        .next()
        .getLong(0);
  }
}
