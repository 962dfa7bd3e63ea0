package dev.stele.server.sync;

import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.util.function.Supplier;

/** An event loop, and how to get back to it. Thread-safe. */
final class Loop {
  private final Context context;

  Loop(Context context) {
    this.context = context;
  }

  Vertx vertx() {
    return context.owner();
  }

  /** The same future, completing on this loop. */
  <T> Future<T> here(Future<T> future) {
    if (future.isComplete()) {
      return future;
    }
    Promise<T> promise = Promise.promise();
    future.onComplete(result -> later(() -> promise.handle(result)));
    return promise.future();
  }

  /** Runs a step on this loop, where the future completes, wherever this is called. */
  <T> Future<T> run(Supplier<Future<T>> step) {
    Promise<T> promise = Promise.promise();
    later(() -> step.get().onComplete(promise));
    return promise.future();
  }

  /** Runs something on this loop once what runs there now is over. */
  void later(Runnable step) {
    context.runOnContext(nothing -> step.run());
  }
}
