package dev.stele.server.projection;

import io.vertx.core.Future;
import io.vertx.sqlclient.SqlConnection;
import io.vertx.sqlclient.Tuple;
import java.util.ArrayList;
import java.util.List;

/**
 * Statements of one batch of a fold whose order matters. Those that follow one another and differ
 * in their parameters only are sent together.
 */
final class OrderedStatements {
  private final List<Run> runs = new ArrayList<>();

  private record Run(String sql, List<Tuple> parameters) {}

  void add(String sql, Tuple parameters) {
    if (runs.isEmpty() || !runs.get(runs.size() - 1).sql.equals(sql)) {
      runs.add(new Run(sql, new ArrayList<>()));
    }
    runs.get(runs.size() - 1).parameters.add(parameters);
  }

  Future<Void> execute(SqlConnection transaction) {
    Future<Void> done = Future.succeededFuture();
    for (Run run : runs) {
      done = done.compose(before -> Batch.execute(transaction, run.sql, run.parameters));
    }
    return done;
  }
}
