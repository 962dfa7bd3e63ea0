package dev.stele.server.sync;

import io.vertx.core.Future;
import java.util.List;
import java.util.function.Supplier;

/** Runs asynchronous steps, a few at a time, so that one large answer does not crowd out others. */
final class Sequence {
  private static final int AT_ONCE = 8;

  private Sequence() {}

  static Future<Void> run(List<Supplier<Future<Void>>> steps) {
    return from(steps, 0);
  }

  private static Future<Void> from(List<Supplier<Future<Void>>> steps, int first) {
    // Steps that are done at once are not chained: a long list of them would nest deeply.
    int next = first;
    while (next < steps.size()) {
      int end = Math.min(next + AT_ONCE, steps.size());
      Future<Void> batch =
          Future.all(steps.subList(next, end).stream().map(Supplier::get).toList()).mapEmpty();
      next = end;
      if (!batch.succeeded()) {
        int rest = next;
        return batch.compose(done -> from(steps, rest));
      }
    }
    return Future.succeededFuture();
  }
}
