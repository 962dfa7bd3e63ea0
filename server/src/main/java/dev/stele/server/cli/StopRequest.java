package dev.stele.server.cli;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.IntConsumer;

/**
 * The wish that the server ends. The first one starts an orderly end, which has a little less than
 * the five seconds that operators were promised; after them, or at the second wish, the process
 * ends as it is. Nothing acknowledged is lost by that. Thread-safe.
 */
final class StopRequest {
  private static final long PATIENCE_MILLIS = 4_500;

  private final IntConsumer halt;
  private final CompletableFuture<Void> requested = new CompletableFuture<>();
  private final CompletableFuture<Void> ended = new CompletableFuture<>();

  StopRequest(IntConsumer halt) {
    this.halt = halt;
  }

  /** Wishes once more. */
  void request() {
    if (!requested.complete(null)) {
      halt.accept(CommandLineInterface.FAILED);
      return;
    }
    CompletableFuture.delayedExecutor(PATIENCE_MILLIS, TimeUnit.MILLISECONDS)
        .execute(
            () -> {
              if (!ended.isDone()) {
                halt.accept(0);
              }
            });
  }

  /** Completes at the first wish. */
  CompletableFuture<Void> requested() {
    return requested;
  }

  /** The orderly end was reached. */
  void ended() {
    ended.complete(null);
  }
}
