package dev.stele.load.scenario;

import dev.stele.load.client.User;
import dev.stele.load.measure.Schedule;
import dev.stele.load.measure.Stopwatch;
import io.vertx.core.Future;
import io.vertx.core.Promise;

/** Does one thing after the other, as a schedule says. Lives on its user's loop. */
final class Actor {
  private static final long PAUSE_AFTER_FAILURE_MILLIS = 50;
  private static final long NO_TIMER = -1;

  private final Stage stage;
  private final User user;
  private final Schedule schedule;
  private final Act act;
  private final Stopwatch stopwatch;
  private final Promise<Void> finished = Promise.promise();
  private long timer = NO_TIMER;
  private boolean stopping;

  /** What an actor does. */
  interface Act {
    /**
     * Does it once. Fails with {@link Failed} when a request did, which is counted by then.
     *
     * @param since when it was due, from which it is to be timed
     */
    Future<?> perform(long since);

    /** Whether there is more to do; an actor with nothing to do is finished. */
    default boolean hasMore() {
      return true;
    }
  }

  Actor(Stage stage, User user, Schedule schedule, Act act) {
    this.stage = stage;
    this.user = user;
    this.schedule = schedule;
    this.act = act;
    this.stopwatch = stage.stopwatch();
  }

  void start() {
    user.run(this::next);
  }

  /** Completes when the last act is over; fails when this program has a defect. */
  Future<Void> stop() {
    user.run(this::wakeToStop);
    return finished.future();
  }

  private void wakeToStop() {
    stopping = true;
    if (stage.cancel(timer)) {
      finished.tryComplete();
    }
  }

  boolean isFinished() {
    return finished.future().isComplete();
  }

  private void next() {
    if (!act.hasMore()) {
      finished.tryComplete();
      return;
    }
    long now = stopwatch.micros();
    long due = schedule.next(now);
    if (due <= now) {
      act(due);
    } else {
      sleep((due - now + 999) / 1000, () -> wake(due));
    }
  }

  private void sleep(long millis, Runnable then) {
    timer =
        stage.after(
            millis,
            () -> {
              timer = NO_TIMER;
              then.run();
            });
  }

  /** What a timer is late is the generator's delay and not the server's. */
  private void wake(long due) {
    long now = stopwatch.micros();
    stage.lag().finished(due, now);
    act(Math.max(now, due));
  }

  private void act(long since) {
    if (stopping || !stage.takeFromBudget()) {
      finished.tryComplete();
      return;
    }
    perform(since)
        .onSuccess(done -> next())
        .onFailure(
            failure -> {
              if (failure instanceof Failed failed) {
                recover(failed);
              } else {
                finished.tryFail(failure);
              }
            });
  }

  /** Who is turned away on a schedule comes again on schedule, and without one when told to. */
  private void recover(Failed failed) {
    if (stopping) {
      finished.tryComplete();
    } else if (failed.turnedAway() && !schedule.waitsForAnswers()) {
      next();
    } else {
      sleep(Math.max(PAUSE_AFTER_FAILURE_MILLIS, failed.retryAfterMillis()), this::next);
    }
  }

  private Future<?> perform(long since) {
    try {
      return act.perform(since);
    } catch (RuntimeException defect) {
      return Future.failedFuture(defect);
    }
  }
}
