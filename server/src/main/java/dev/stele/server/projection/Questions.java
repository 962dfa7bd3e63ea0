package dev.stele.server.projection;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.vertx.core.Future;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.Tuple;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** Asks a projection's tables once they hold everything that is committed now. */
final class Questions {
  private static final ObjectMapper MAPPER = new JsonMapper();

  private final Projections projections;
  private final Projection projection;
  private final Pool pool;

  Questions(Projections projections, Projection projection, Pool pool) {
    this.projections = projections;
    this.projection = projection;
    this.pool = pool;
  }

  /** Completes once the tables hold everything that is committed now. */
  Future<Void> caughtUp() {
    return projections.caughtUp(projection);
  }

  <T> Future<List<T>> all(String sql, Tuple parameters, Function<Row, T> mapping) {
    return projections
        .caughtUp(projection)
        .compose(caughtUp -> pool.preparedQuery(sql).execute(parameters))
        .map(
            rows -> {
              List<T> found = new ArrayList<>(rows.size());
              rows.forEach(row -> found.add(mapping.apply(row)));
              return found;
            });
  }

  <T> Future<Optional<T>> one(String sql, Tuple parameters, Function<Row, T> mapping) {
    return all(sql, parameters, mapping).map(rows -> rows.stream().findFirst());
  }

  /** JSON that a projection wrote. */
  static JsonNode json(String text) {
    try {
      return MAPPER.readTree(text);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("a projection holds text that is not JSON", e);
    }
  }
}
