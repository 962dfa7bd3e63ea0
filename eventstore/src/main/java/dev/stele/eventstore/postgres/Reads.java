package dev.stele.eventstore.postgres;

import dev.stele.eventstore.Claim;
import dev.stele.eventstore.LogRecord;
import io.vertx.core.Future;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.Tuple;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The questions that the log answers. Thread-safe. */
final class Reads {
  private static final String COLUMNS =
      "SELECT position, stream, kind, recorded_at, skeleton, content FROM log.record ";

  private final Pool pool;

  Reads(Pool pool) {
    this.pool = pool;
  }

  /** The last position, and the newest epoch of a lease; null if there is no such lease. */
  Future<Row> head(@Nullable String lease) {
    return pool.preparedQuery(
            "SELECT h.position, (SELECT l.epoch FROM log.lease l WHERE l.name = $1) AS epoch"
                + " FROM log.head h")
        .execute(Tuple.of(lease))
        .map(rows -> rows.iterator().next());
  }

  /** The head, once whoever is appending has committed or failed: they hold a lock on it. */
  Future<Long> settledHead() {
    return pool.preparedQuery("SELECT position FROM log.head FOR UPDATE")
        .execute()
        .map(rows -> rows.iterator().next().getLong("position"));
  }

  Future<List<LogRecord>> after(long position, int limit) {
    return records("WHERE position > $1 ORDER BY position LIMIT $2", Tuple.of(position, limit));
  }

  Future<List<LogRecord>> stream(String stream, long after, int limit) {
    return records(
        "WHERE hashtextextended(stream, 0) = hashtextextended($1, 0) AND stream = $1"
            + " AND position > $2 ORDER BY hashtextextended(stream, 0), position LIMIT $3",
        Tuple.of(stream, after, limit));
  }

  Future<List<LogRecord>> at(Collection<Long> positions) {
    return positions.isEmpty()
        ? Future.succeededFuture(List.of())
        : records(
            "WHERE position = ANY ($1) ORDER BY position",
            Tuple.of(positions.toArray(Long[]::new)));
  }

  Future<Map<Claim, Long>> holders(Collection<Claim> claims) {
    if (claims.isEmpty()) {
      return Future.succeededFuture(Map.of());
    }
    List<Claim> asked = List.copyOf(claims);
    return pool.preparedQuery("SELECT number, holder FROM log.held($1)")
        .execute(Tuple.tuple().addArrayOfUUID(ClaimName.of(asked)))
        .map(
            rows -> {
              Map<Claim, Long> holders = new HashMap<>();
              rows.forEach(row -> holders.put(asked.get(row.getInteger(0) - 1), row.getLong(1)));
              return holders;
            });
  }

  Future<Integer> erase(Collection<Long> positions) {
    return pool.preparedQuery("SELECT log.erase($1) AS erased")
        .execute(Tuple.of(positions.toArray(Long[]::new)))
        .map(rows -> rows.iterator().next().getInteger("erased"));
  }

  private Future<List<LogRecord>> records(String condition, Tuple parameters) {
    return pool.preparedQuery(COLUMNS + condition)
        .execute(parameters)
        .map(
            rows -> {
              List<LogRecord> records = new ArrayList<>(rows.size());
              rows.forEach(row -> records.add(record(row)));
              return records;
            });
  }

  private static LogRecord record(Row row) {
    return new LogRecord(
        row.getLong("position"),
        row.getString("stream"),
        row.getString("kind"),
        row.getLong("recorded_at"),
        row.getString("skeleton"),
        row.getString("content"),
        null);
  }
}
