package dev.stele.server.projection;

import io.vertx.core.Future;
import io.vertx.sqlclient.SqlConnection;
import io.vertx.sqlclient.Tuple;
import java.util.ArrayList;
import java.util.List;

/**
 * Statements that build upon one another and are executed in the order in which they were added;
 * neighbours that differ in their parameters only are sent together.
 */
final class Steps {
  private final List<Step> steps = new ArrayList<>();

  private record Step(String sql, List<Tuple> rows) {}

  void add(String sql, Tuple row) {
    Step last = steps.isEmpty() ? null : steps.get(steps.size() - 1);
    if (last == null || !last.sql.equals(sql)) {
      last = new Step(sql, new ArrayList<>());
      steps.add(last);
    }
    last.rows.add(row);
  }

  Future<Void> execute(SqlConnection transaction) {
    Future<Void> done = Future.succeededFuture();
    for (Step step : steps) {
      done = done.compose(before -> Batch.execute(transaction, step.sql, step.rows));
    }
    return done;
  }
}
