package dev.stele.eventstore.postgres;

import io.vertx.core.Future;
import io.vertx.sqlclient.SqlClient;
import io.vertx.sqlclient.SqlConnection;
import io.vertx.sqlclient.Tuple;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** How far projections have folded the log. A checkpoint moves in the transaction of the rows. */
public final class Checkpoints {
  private Checkpoints() {}

  /** The last position that the projection has folded; 0 if it never did. */
  public static Future<Long> get(SqlClient client, String name) {
    return client
        .preparedQuery("SELECT position FROM log.checkpoint WHERE name = $1")
        .execute(Tuple.of(name))
        .map(rows -> rows.size() == 0 ? 0L : rows.iterator().next().getLong("position"));
  }

  /**
   * The last position that each of these projections has folded; those that never did are left out.
   */
  public static Future<Map<String, Long>> get(SqlClient client, Collection<String> names) {
    return client
        .preparedQuery("SELECT name, position FROM log.checkpoint WHERE name = ANY ($1)")
        .execute(Tuple.of(names.toArray(String[]::new)))
        .map(
            rows -> {
              Map<String, Long> positions = new HashMap<>();
              rows.forEach(row -> positions.put(row.getString("name"), row.getLong("position")));
              return positions;
            });
  }

  /**
   * Moves a checkpoint, within a transaction.
   *
   * @return false, with nothing changed, if the checkpoint was not at {@code from}
   */
  public static Future<Boolean> advance(
      SqlConnection transaction, String name, long from, long to) {
    String sql =
        from == 0
            ? "INSERT INTO log.checkpoint AS c (name, position) VALUES ($1, $3)"
                + " ON CONFLICT (name) DO UPDATE SET position = $3 WHERE c.position = $2"
            : "UPDATE log.checkpoint SET position = $3 WHERE name = $1 AND position = $2";
    return transaction
        .preparedQuery(sql)
        .execute(Tuple.of(name, from, to))
        .map(rows -> rows.rowCount() == 1);
  }

  /**
   * Sends projections back to the start.
   *
   * @return the names of those that had left it
   */
  public static Future<List<String>> reset(SqlClient client, Collection<String> names) {
    return client
        .preparedQuery("DELETE FROM log.checkpoint WHERE name = ANY ($1) RETURNING name")
        .execute(Tuple.of(names.toArray(String[]::new)))
        .map(
            rows -> {
              List<String> reset = new ArrayList<>();
              rows.forEach(row -> reset.add(row.getString("name")));
              return reset;
            });
  }
}
