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
import org.jspecify.annotations.Nullable;

/**
 * The writer's own connection to the database. It is made when it is needed, and again, after
 * growing pauses, when it is lost. Lives on the writer's context.
 */
final class AppendConnection {
  private static final String APPEND =
      "SELECT first_position, claim, holder"
          + " FROM log.append($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13)";
  private static final String TAKEN_OVER = "SL001";
  private static final long MIN_PAUSE_MILLIS = 10;
  private static final long MAX_PAUSE_MILLIS = 1_000;

  private final Vertx vertx;
  private final Context context;
  private final PgConnectOptions database;
  private final Lease lease;
  private final String self;
  private @Nullable PgConnection connection;
  private boolean closed;
  private long pauseMillis;

  /**
   * @param self what the notifications of other nodes about these appends begin with
   */
  AppendConnection(
      Vertx vertx, Context context, PgConnectOptions database, Lease lease, String self) {
    this.vertx = vertx;
    this.context = context;
    this.database = database;
    this.lease = lease;
    this.self = self;
  }

  Context context() {
    return context;
  }

  /** The lease under which it appends. */
  Lease lease() {
    return lease;
  }

  /** Appends a batch in one transaction: see {@code log.append}. */
  Future<RowSet<Row>> append(Batch batch, long at) {
    return connected()
        .compose(
            open ->
                open.preparedQuery(APPEND)
                    .execute(batch.parameters(lease.name(), lease.epoch(), self, at)))
        .recover(failure -> Future.failedFuture(lost(failure)));
  }

  /** Drops the connection, after a failure; the next append makes a new one. */
  void drop() {
    PgConnection open = connection;
    connection = null;
    if (open != null) {
      Future<Void> unused = open.close();
    }
  }

  /** Closes it after what is on its way. */
  Future<Void> close() {
    closed = true;
    PgConnection open = connection;
    return open == null ? Future.succeededFuture() : open.close();
  }

  private Throwable lost(Throwable failure) {
    if (failure instanceof PgException e && TAKEN_OVER.equals(e.getSqlState())) {
      lease.saw(null);
      return new Fenced();
    }
    drop();
    return failure;
  }

  private Future<PgConnection> connected() {
    PgConnection open = connection;
    return open != null
        ? Future.succeededFuture(open)
        : pause().compose(over -> PgConnection.connect(vertx, database)).compose(this::use);
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
