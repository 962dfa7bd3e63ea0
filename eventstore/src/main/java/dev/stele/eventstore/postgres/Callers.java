package dev.stele.eventstore.postgres;

import io.vertx.core.Promise;
import io.vertx.core.internal.ContextInternal;

/** Whoever asks for something is answered where they asked. */
final class Callers {
  private Callers() {}

  /** A promise that completes on the caller's Vert.x context, if there is one. */
  static <T> Promise<T> promise() {
    ContextInternal context = ContextInternal.current();
    return context == null ? Promise.promise() : context.promise();
  }
}
