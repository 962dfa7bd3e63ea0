package dev.stele.server.projection;

import io.vertx.core.Future;
import io.vertx.sqlclient.SqlConnection;
import io.vertx.sqlclient.Tuple;
import java.util.List;

/** One statement for many rows, which may be none. */
final class Batch {
  private Batch() {}

  static Future<Void> execute(SqlConnection transaction, String sql, List<Tuple> rows) {
    return rows.isEmpty()
        ? Future.succeededFuture()
        : transaction.preparedQuery(sql).executeBatch(rows).mapEmpty();
  }
}
