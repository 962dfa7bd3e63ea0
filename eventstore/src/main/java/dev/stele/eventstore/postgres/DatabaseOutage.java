package dev.stele.eventstore.postgres;

import dev.stele.eventstore.Unavailable;
import io.vertx.core.VertxException;
import io.vertx.core.http.ConnectionPoolTooBusyException;
import io.vertx.pgclient.PgException;
import io.vertx.sqlclient.ClosedConnectionException;
import java.net.SocketException;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Tells failures of a database that is away, or overwhelmed, from those of a question. */
public final class DatabaseOutage {
  /** Classes of SQLSTATE: connection, resources, operator intervention. */
  private static final Set<String> CLASSES = Set.of("08", "53", "57");

  private DatabaseOutage() {}

  /** Whether a failure, or what caused it, says that the database could not be asked. */
  public static boolean is(Throwable failure) {
    @Nullable Throwable cause = failure;
    for (int depth = 0; cause != null && depth < 5; depth++) {
      if (says(cause)) {
        return true;
      }
      cause = cause.getCause();
    }
    return false;
  }

  private static boolean says(Throwable failure) {
    if (failure instanceof PgException refused) {
      String state = refused.getSqlState();
      return state != null && state.length() == 5 && CLASSES.contains(state.substring(0, 2));
    }
    return failure instanceof Unavailable
        || failure instanceof ClosedConnectionException
        || failure instanceof ConnectionPoolTooBusyException
        || failure instanceof SocketException
        || isTimeout(failure);
  }

  /** What the pool says when no connection has become free in time has no class of its own. */
  private static boolean isTimeout(Throwable failure) {
    return failure instanceof VertxException
        && String.valueOf(failure.getMessage()).startsWith("Timeout");
  }
}
