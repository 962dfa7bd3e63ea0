package dev.stele.server;

import io.vertx.core.Future;
import java.util.function.Supplier;

/** Gives back what was taken when something that needed it fails. */
final class OnFailure {
  private OnFailure() {}

  static <T> Future<T> close(Future<T> attempt, Supplier<Future<Void>> close) {
    return attempt.recover(
        failure -> close.get().transform(closed -> Future.failedFuture(failure)));
  }
}
