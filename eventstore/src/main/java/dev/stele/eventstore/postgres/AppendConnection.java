package dev.stele.eventstore.postgres;

import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.pgclient.PgConnectOptions;
import io.vertx.pgclient.PgConnection;
import io.vertx.pgclient.PgException;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import io.vertx.sqlclient.Tuple;
import org.jspecify.annotations.Nullable;

/**
 * The writer's own connection to the database. It is made when it is needed, and again, after
 * growing pauses, when it is lost or does not answer in time. Each one begins a new term of the
 * lease, so that nothing that is still on its way over an earlier one can be appended any more.
 * Lives on the writer's context.
 */
final class AppendConnection {
  private static final String APPEND =
      "SELECT first_position, claim, holder"
          + " FROM log.append($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)";
  private static final String BEGIN_TERM = "SELECT log.begin_term($1, $2) AS term";

  /**
   * Plans are kept for as long as the connection. One that was made while the table of claims was
   * small must not read all of it once it has grown: claims are found by their name.
   */
  private static final String BY_INDEX =
      "SET jit = off; SET enable_seqscan = off; SET enable_hashjoin = off;"
          + " SET enable_mergejoin = off";

  private static final String TAKEN_OVER = "SL001";
  private static final long MIN_PAUSE_MILLIS = 10;
  private static final long MAX_PAUSE_MILLIS = 1_000;

  private final Vertx vertx;
  private final Context context;
  private final PgConnectOptions database;
  private final Lease lease;
  private final long patienceMillis;
  private @Nullable PgConnection connection;
  private @Nullable Future<PgConnection> settling;
  private boolean closed;
  private long pauseMillis;
  private long term;

  /**
   * @param patienceMillis how long the database may take to append, or to let us connect
   */
  AppendConnection(
      Vertx vertx, Context context, PgConnectOptions database, Lease lease, long patienceMillis) {
    this.vertx = vertx;
    this.context = context;
    this.database = database;
    this.lease = lease;
    this.patienceMillis = patienceMillis;
  }

  Context context() {
    return context;
  }

  /** The lease under which it appends. */
  Lease lease() {
    return lease;
  }

  /** How long the database may take, in milliseconds. */
  long patienceMillis() {
    return patienceMillis;
  }

  /** Appends a batch in one transaction: see {@code log.append}. */
  Future<RowSet<Row>> append(Batch batch, long at) {
    PgConnection open = connection;
    Future<RowSet<Row>> appended =
        open != null ? append(open, batch, at) : settle().compose(now -> append(now, batch, at));
    return appended.recover(failure -> Future.failedFuture(lost(failure)));
  }

  /**
   * Completes once nothing that was sent before can be appended any more: at once, unless a
   * connection was lost.
   */
  Future<PgConnection> settle() {
    PgConnection open = connection;
    if (open != null) {
      return Future.succeededFuture(open);
    }
    Future<PgConnection> connecting = settling;
    if (connecting == null) {
      connecting =
          pause()
              .compose(over -> inTime(PgConnection.connect(vertx, database).compose(this::prepare)))
              .compose(this::use);
      settling = connecting.onComplete(done -> settling = null);
    }
    return connecting;
  }

  /** Closes it after what is on its way. */
  Future<Void> close() {
    closed = true;
    PgConnection open = connection;
    return open == null ? Future.succeededFuture() : open.close();
  }

  private Future<RowSet<Row>> append(PgConnection open, Batch batch, long at) {
    return inTime(open.preparedQuery(APPEND).execute(batch.parameters(lease, term, at)));
  }

  private Throwable lost(Throwable failure) {
    if (failure instanceof PgException e && TAKEN_OVER.equals(e.getSqlState())) {
      lease.saw(null);
      return new Fenced();
    }
    drop();
    return failure;
  }

  /** Forgets the connection; where the database does not answer, closing it takes its time. */
  private void drop() {
    PgConnection open = connection;
    connection = null;
    if (open != null) {
      Future<Void> unused = open.close();
    }
  }

  private Future<Void> pause() {
    Promise<Void> over = Promise.promise();
    if (pauseMillis == 0) {
      over.complete();
    } else {
      long unused = vertx.setTimer(pauseMillis, timer -> over.complete());
    }
    pauseMillis = Math.min(Math.max(MIN_PAUSE_MILLIS, 2 * pauseMillis), MAX_PAUSE_MILLIS);
    return over.future();
  }

  /** Fails when it takes too long. A connection that comes too late is closed. */
  private <T> Future<T> inTime(Future<T> answer) {
    Promise<T> inTime = Promise.promise();
    long timer =
        vertx.setTimer(
            patienceMillis,
            late ->
                inTime.tryFail(
                    new DatabaseException(
                        "the database did not answer within " + patienceMillis + " ms")));
    answer.onComplete(
        done -> {
          boolean unused = vertx.cancelTimer(timer);
          boolean isInTime =
              done.succeeded() ? inTime.tryComplete(done.result()) : inTime.tryFail(done.cause());
          if (!isInTime) {
            closeLate(done.result());
          }
        });
    return inTime.future();
  }

  private static void closeLate(@Nullable Object late) {
    if (late instanceof PgConnection connection) {
      Future<Void> unused = connection.close();
    }
  }

  private Future<PgConnection> prepare(PgConnection opened) {
    return opened
        .query(BY_INDEX)
        .execute()
        .compose(set -> beginTerm(opened))
        .map(opened)
        .recover(failure -> opened.close().transform(done -> Future.failedFuture(failure)));
  }

  private Future<Void> beginTerm(PgConnection opened) {
    String name = lease.name();
    if (name == null) {
      return Future.succeededFuture();
    }
    return opened
        .preparedQuery(BEGIN_TERM)
        .execute(Tuple.of(name, lease.epoch()))
        .compose(
            rows -> {
              Long begun = rows.iterator().next().getLong("term");
              if (begun == null) {
                lease.saw(null);
                return Future.failedFuture(new Fenced());
              }
              term = begun;
              return Future.succeededFuture();
            });
  }

  private Future<PgConnection> use(PgConnection opened) {
    if (closed) {
      return opened
          .close()
          .transform(done -> Future.failedFuture(new DatabaseException("the log is closed")));
    }
    pauseMillis = 0;
    connection = opened;
    PgConnection unused =
        opened.closeHandler(
            nothing -> {
              if (connection == opened) {
                connection = null;
              }
            });
    return Future.succeededFuture(opened);
  }
}
