package dev.stele.server.cli;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import io.vertx.core.Future;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;

/** Waits for futures on the thread of a command, which is never an event loop. */
final class Waiting {
  private Waiting() {}

  /** The result of {@code future}, or what it failed with. */
  @CanIgnoreReturnValue
  static <T> T on(Future<T> future) {
    return on(future.toCompletionStage());
  }

  /** The result of {@code stage}, or what it failed with. */
  @CanIgnoreReturnValue
  static <T> T on(CompletionStage<T> stage) {
    try {
      return stage.toCompletableFuture().join();
    } catch (CompletionException e) {
      throw e.getCause() instanceof RuntimeException cause ? cause : e;
    }
  }
}
