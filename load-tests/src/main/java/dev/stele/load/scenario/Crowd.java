package dev.stele.load.scenario;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReferenceArray;
import java.util.function.IntFunction;
import java.util.stream.IntStream;

/** Many tasks, of which a few are under way at any time. Starts no more after a failure. */
final class Crowd<T> {
  private static final int AT_ONCE = 32;

  private final int count;
  private final IntFunction<Future<T>> task;
  private final AtomicReferenceArray<T> results;
  private final AtomicInteger next = new AtomicInteger();
  private final AtomicInteger done = new AtomicInteger();
  private final Promise<List<T>> all = Promise.promise();

  Crowd(int count, IntFunction<Future<T>> task) {
    this.count = count;
    this.task = task;
    this.results = new AtomicReferenceArray<>(count);
  }

  /** The results, in the order of the tasks' numbers. */
  Future<List<T>> start() {
    if (count <= 0) {
      return Future.succeededFuture(List.of());
    }
    for (int i = 0; i < AT_ONCE; i++) {
      another();
    }
    return all.future();
  }

  /** How many are over. */
  int done() {
    return done.get();
  }

  private void another() {
    int number = next.getAndIncrement();
    if (number < count && !all.future().isComplete()) {
      task.apply(number).onSuccess(result -> finished(number, result)).onFailure(all::tryFail);
    }
  }

  private void finished(int number, T result) {
    results.set(number, result);
    if (done.incrementAndGet() == count) {
      all.tryComplete(IntStream.range(0, count).mapToObj(results::get).toList());
    } else {
      another();
    }
  }
}
