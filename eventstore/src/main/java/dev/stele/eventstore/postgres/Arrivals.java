package dev.stele.eventstore.postgres;

import io.vertx.core.Promise;
import java.util.Comparator;
import java.util.PriorityQueue;

/** Those who wait until a follower has got to a position. Lives on the follower's context. */
final class Arrivals {
  private final PriorityQueue<Waiting> waiting =
      new PriorityQueue<>(Comparator.comparingLong(Waiting::position));

  private record Waiting(long position, Promise<Void> promise) {}

  void add(long position, Promise<Void> promise) {
    waiting.add(new Waiting(position, promise));
  }

  boolean isEmpty() {
    return waiting.isEmpty();
  }

  /** The follower has got so far. */
  void reached(long position) {
    while (!waiting.isEmpty() && waiting.peek().position() <= position) {
      waiting.remove().promise().complete();
    }
  }

  /** None of them need wait any longer. */
  void fail(Throwable reason) {
    waiting.forEach(one -> one.promise().tryFail(reason));
    waiting.clear();
  }

  /** The follower gets no further. */
  void end(String reason) {
    waiting.forEach(one -> one.promise().tryFail(reason));
    waiting.clear();
  }
}
