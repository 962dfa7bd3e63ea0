package dev.stele.server.projection;

import io.vertx.core.Future;
import io.vertx.sqlclient.SqlConnection;
import io.vertx.sqlclient.Tuple;
import java.lang.reflect.Array;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The rows of one statement, column by column, as arrays that the statement unnests: many rows in
 * one statement cost the database a fraction of a statement each. There may be none.
 */
final class Columns {
  private final List<Class<?>> types;
  private final List<List<@Nullable Object>> columns = new ArrayList<>();

  /**
   * @param types what each column holds
   */
  Columns(Class<?>... types) {
    this.types = List.of(types);
    for (int i = 0; i < types.length; i++) {
      columns.add(new ArrayList<>());
    }
  }

  /** Adds a row: a value for each column. */
  void add(@Nullable Object... row) {
    if (row.length != columns.size()) {
      throw new IllegalArgumentException(
          "row: " + row.length + " values (expected: " + columns.size() + ")");
    }
    for (int i = 0; i < row.length; i++) {
      columns.get(i).add(row[i]);
    }
  }

  boolean isEmpty() {
    return columns.get(0).isEmpty();
  }

  /**
   * Executes the statement, unless there are no rows.
   *
   * @param sql has a parameter for each column, an array
   */
  Future<Void> execute(SqlConnection transaction, String sql) {
    return isEmpty()
        ? Future.succeededFuture()
        : transaction.preparedQuery(sql).execute(tuple()).mapEmpty();
  }

  private Tuple tuple() {
    Tuple tuple = Tuple.tuple();
    for (int i = 0; i < columns.size(); i++) {
      Object[] empty = (Object[]) Array.newInstance(types.get(i), 0);
      tuple = tuple.addValue(columns.get(i).toArray(empty));
    }
    return tuple;
  }
}
