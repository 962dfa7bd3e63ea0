package dev.stele.load.client;

import io.vertx.core.http.HttpClosedException;
import io.vertx.core.http.StreamResetException;
import java.io.IOException;
import java.net.ConnectException;
import java.net.UnknownHostException;
import javax.net.ssl.SSLException;

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

  /** Says what happened, for people who wrote the address. */
  public static String explain(Throwable failure) {
    if (failure instanceof UnknownHostException) {
      return "there is no host of that name";
    }
    if (failure instanceof ConnectException) {
      return "nobody listens there (connection refused or timed out)";
    }
    if (failure instanceof SSLException) {
      return "no TLS there (expected: https only where the server speaks it)";
    }
    return isClosed(failure)
        ? "it closed the connection (expected: https where the server speaks TLS)"
        : String.valueOf(failure.getMessage());
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
