package dev.stele.server.identity;

import dev.stele.api.MatrixError;
import io.vertx.core.Future;
import java.util.function.Function;

/** What an identity server has told, or why it has told nothing. */
public sealed interface IdentityAnswer<T> {
  /** It answered. */
  record Told<T>(T value) implements IdentityAnswer<T> {}

  /**
   * It did not, or not usefully.
   *
   * @param error what to tell the user
   */
  record Failed<T>(MatrixError error) implements IdentityAnswer<T> {}

  /** Goes on with what was told. */
  default <R> Future<IdentityAnswer<R>> then(Function<T, Future<IdentityAnswer<R>>> next) {
    return this instanceof Told<T> told
        ? next.apply(told.value())
        : Future.succeededFuture(new Failed<>(((Failed<T>) this).error()));
  }
}
