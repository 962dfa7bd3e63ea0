package dev.stele.load.client;

import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.util.List;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Supplier;

/**
 * One event loop with its own connections.
 *
 * @param context where everything of this loop runs
 * @param connections those from each source address
 * @param answers counts those that came from the server, on all loops
 */
record Loop(Context context, List<Connections> connections, LongAdder answers) {

  /** The connections of a user, always from the same address. */
  Connections connections(int user) {
    return connections.get(Math.floorMod(user, connections.size()));
  }

  /** Does something here, wherever the caller is. */
  <T> Future<T> run(Supplier<Future<T>> work) {
    Promise<T> done = Promise.promise();
    context.runOnContext(
        here -> {
          try {
            work.get().onComplete(done);
          } catch (RuntimeException refused) {
            done.fail(refused);
          }
        });
    return done.future();
  }
}
