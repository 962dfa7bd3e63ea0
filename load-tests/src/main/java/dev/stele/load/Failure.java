package dev.stele.load;

import io.vertx.core.http.HttpClosedException;
import java.net.ConnectException;

/** Names a request that got no answer. */
final class Failure {
  private Failure() {}

  static String name(Throwable failure) {
    if (failure instanceof ConnectException) {
      return "cannot connect";
    }
    if (failure instanceof HttpClosedException) {
      return "connection closed";
    }
    return failure.getClass().getSimpleName();
  }
}
