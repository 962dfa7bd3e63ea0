package dev.stele.server.account;

import dev.stele.eventstore.Overloaded;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Does one thing at a time for each user, in the order of asking: for decisions that read what they
 * then change. Thread-safe. A user for whom nothing is under way takes no memory.
 */
public final class UserQueues {
  private static final int MAX_WAITING = 100;

  private final Map<String, Queue<Runnable>> queues = new HashMap<>();
  private final AtomicInteger waiting = new AtomicInteger();

  /**
   * Starts the task once the user's earlier ones have ended, on whatever thread the last of them
   * ended on, or at once on this one. Fails with {@link Overloaded} when too many wait already.
   */
  public <T> Future<T> submit(String userId, Supplier<Future<T>> task) {
    Promise<T> promise = Promise.promise();
    Runnable run = () -> run(userId, task, promise);
    synchronized (queues) {
      Queue<Runnable> queue = queues.get(userId);
      if (queue != null) {
        if (queue.size() >= MAX_WAITING) {
          return Future.failedFuture(new Overloaded());
        }
        queue.add(run);
        waiting.incrementAndGet();
        return promise.future();
      }
      queues.put(userId, new ArrayDeque<>());
    }
    run.run();
    return promise.future();
  }

  private <T> void run(String userId, Supplier<Future<T>> task, Promise<T> promise) {
    Future.<Void>succeededFuture()
        .compose(started -> task.get())
        .onComplete(
            result -> {
              promise.handle(result);
              Runnable next = next(userId);
              if (next != null) {
                next.run();
              }
            });
  }

  private @Nullable Runnable next(String userId) {
    synchronized (queues) {
      Queue<Runnable> queue = queues.get(userId);
      Runnable next = queue == null ? null : queue.poll();
      if (next == null) {
        queues.remove(userId);
      } else {
        waiting.decrementAndGet();
      }
      return next;
    }
  }

  /**
   * Counts what waits for something earlier of the same user.
   *
   * @param name tells these queues from others
   */
  public void monitor(MeterRegistry metrics, String name) {
    Gauge.builder("stele.user_queues.waiting", waiting, AtomicInteger::get)
        .description("Changes that wait for earlier ones of the same user")
        .tag("queue", name)
        .register(metrics);
  }
}
