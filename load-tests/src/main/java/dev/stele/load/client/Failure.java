package dev.stele.load.client;

import io.vertx.core.http.HttpClosedException;
import io.vertx.core.http.StreamResetException;
import java.io.IOException;
import java.net.ConnectException;

/** Names a request that got no answer. */
public final class Failure {
  private Failure() {}

  public static String name(Throwable failure) {
    if (failure instanceof ConnectException) {
      return "cannot connect";
    }
    if (isClosed(failure)) {
      return "connection closed";
    }
    return failure.getClass().getSimpleName();
  }

  /** Whether the network or the server failed, and not this program. */
  public static boolean isOutside(Throwable failure) {
    return isClosed(failure)
        || failure instanceof IOException
        || failure instanceof Refused
        || failure.getClass().getName().startsWith("io.vertx.core.")
        || failure.getClass().getName().startsWith("io.netty.");
  }

  private static boolean isClosed(Throwable failure) {
    return failure instanceof HttpClosedException || failure instanceof StreamResetException;
  }
}
