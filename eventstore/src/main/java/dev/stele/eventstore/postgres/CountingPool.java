package dev.stele.eventstore.postgres;

import io.vertx.core.Future;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.PrepareOptions;
import io.vertx.sqlclient.PreparedQuery;
import io.vertx.sqlclient.Query;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import io.vertx.sqlclient.SqlConnection;
import io.vertx.sqlclient.SqlResult;
import io.vertx.sqlclient.Tuple;
import java.util.List;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Function;
import java.util.stream.Collector;

/**
 * A pool that knows how many questions wait for one of its connections, which Vert.x tells only
 * where its own metrics are switched on: that is the choice of whoever made the Vert.x.
 * Thread-safe.
 */
final class CountingPool implements Pool {
  private final Pool pool;
  private final LongAdder underWay = new LongAdder();

  CountingPool(Pool pool) {
    this.pool = pool;
  }

  /** How many questions wait for a connection, about. */
  long waiting() {
    return Math.max(0, underWay.sum() - pool.size());
  }

  private <T> Future<T> counted(Future<T> question) {
    underWay.increment();
    return question.onComplete(done -> underWay.decrement());
  }

  /** The whole transaction counts as one question. */
  @Override
  public <T> Future<T> withTransaction(Function<SqlConnection, Future<T>> steps) {
    return counted(pool.withTransaction(steps));
  }

  /** Counts while it waits; whoever has the connection is not counted any more. */
  @Override
  public Future<SqlConnection> getConnection() {
    return counted(pool.getConnection());
  }

  @Override
  public Query<RowSet<Row>> query(String sql) {
    return new CountedQuery<>(pool.query(sql));
  }

  @Override
  public PreparedQuery<RowSet<Row>> preparedQuery(String sql) {
    return new CountedPreparedQuery<>(pool.preparedQuery(sql));
  }

  @Override
  public PreparedQuery<RowSet<Row>> preparedQuery(String sql, PrepareOptions options) {
    return new CountedPreparedQuery<>(pool.preparedQuery(sql, options));
  }

  @Override
  public Future<Void> close() {
    return pool.close();
  }

  @Override
  public int size() {
    return pool.size();
  }

  private final class CountedQuery<T> implements Query<T> {
    private final Query<T> query;

    CountedQuery(Query<T> query) {
      this.query = query;
    }

    @Override
    public Future<T> execute() {
      return counted(query.execute());
    }

    @Override
    public <R> Query<SqlResult<R>> collecting(Collector<Row, ?, R> collector) {
      return new CountedQuery<>(query.collecting(collector));
    }

    @Override
    public <U> Query<RowSet<U>> mapping(Function<Row, U> mapper) {
      return new CountedQuery<>(query.mapping(mapper));
    }
  }

  private final class CountedPreparedQuery<T> implements PreparedQuery<T> {
    private final PreparedQuery<T> query;

    CountedPreparedQuery(PreparedQuery<T> query) {
      this.query = query;
    }

    @Override
    public Future<T> execute() {
      return counted(query.execute());
    }

    @Override
    public Future<T> execute(Tuple tuple) {
      return counted(query.execute(tuple));
    }

    @Override
    public Future<T> executeBatch(List<Tuple> batch) {
      return counted(query.executeBatch(batch));
    }

    @Override
    public <R> PreparedQuery<SqlResult<R>> collecting(Collector<Row, ?, R> collector) {
      return new CountedPreparedQuery<>(query.collecting(collector));
    }

    @Override
    public <U> PreparedQuery<RowSet<U>> mapping(Function<Row, U> mapper) {
      return new CountedPreparedQuery<>(query.mapping(mapper));
    }
  }
}
