package dev.stele.load;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/** A user who sends one message after the other. Lives on its user's loop. */
final class Sender {
  private static final long PAUSE_AFTER_FAILURE_MILLIS = 50;

  private final Vertx vertx;
  private final User user;
  private final String path;
  private final Schedule schedule;
  private final Messages messages;
  private final RoomLedger ledger;
  private final Stopwatch stopwatch;
  private final Meter meter;
  private final AtomicLong budget;
  private final Promise<Void> finished = Promise.promise();
  private volatile boolean stopping;

  Sender(Run run, int index, Schedule schedule) {
    this.vertx = run.vertx();
    this.user = run.cast().senders().get(index);
    int room = run.cast().roomOf(index);
    this.path =
        User.API
            + "/rooms/"
            + User.segment(run.cast().rooms().get(room))
            + "/send/m.room.message/m";
    this.schedule = schedule;
    this.messages = new Messages(run.workload().textLength(), run.workload().seed() + index);
    this.ledger = run.ledgers().get(room);
    this.stopwatch = run.stopwatch();
    this.meter = run.meter();
    this.budget = run.budget();
  }

  void start() {
    user.loop().context().runOnContext(on -> next());
  }

  /** Completes when the last message is answered. */
  Future<Void> stop() {
    stopping = true;
    return finished.future();
  }

  private void next() {
    long now = stopwatch.micros();
    long due = schedule.next(now);
    if (due <= now) {
      send(due);
    } else {
      wait((due - now + 999) / 1000, due);
    }
  }

  /** Waits in short steps, so that the end of the run is not missed. */
  private void wait(long millis, long due) {
    long step = Math.min(millis, 250);
    Future<Void> woken = vertx.timer(step, TimeUnit.MILLISECONDS).mapEmpty();
    woken.onComplete(
        on -> {
          if (stopping || millis <= step) {
            wake(due);
          } else {
            wait(millis - step, due);
          }
        });
  }

  /** What a timer is late is the generator's delay and not the server's. */
  private void wake(long due) {
    long now = stopwatch.micros();
    meter.lagged(due, now);
    send(Math.max(now, due));
  }

  private void send(long since) {
    if (stopping || budget.getAndDecrement() <= 0) {
      finished.tryComplete();
      return;
    }
    int number = ledger.nextNumber();
    user.put(path + number, messages.content(number, since))
        .onSuccess(answer -> answered(answer, number, since))
        .onFailure(failure -> failed(Failure.name(failure)));
  }

  private void answered(Answer answer, int number, long since) {
    if (answer.ok()) {
      ledger.acknowledged(number);
      meter.sent(since, stopwatch.micros());
      next();
    } else {
      failed(answer.refusal());
    }
  }

  private void failed(String reason) {
    meter.failed("send: " + reason);
    vertx.timer(PAUSE_AFTER_FAILURE_MILLIS, TimeUnit.MILLISECONDS).onComplete(on -> next());
  }
}
