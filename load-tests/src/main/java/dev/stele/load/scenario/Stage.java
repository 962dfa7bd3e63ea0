package dev.stele.load.scenario;

import dev.stele.load.client.Answer;
import dev.stele.load.client.Failure;
import dev.stele.load.measure.Findings;
import dev.stele.load.measure.Meter;
import dev.stele.load.measure.Operation;
import dev.stele.load.measure.Schedule;
import dev.stele.load.measure.Stopwatch;
import io.vertx.core.AsyncResult;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/** What everybody in a run shares: the clock, the meters, the settings. Thread-safe. */
public final class Stage {
  private static final long SEED_FACTOR = 1_000_003;

  private final Vertx vertx;
  private final String runId;
  private final Pace pace;
  private final Cast cast;
  private final Memory memory;
  private final Stopwatch stopwatch = new Stopwatch();
  private final Meter meter = new Meter();
  private final Findings findings = new Findings();
  private final List<String> remarks = new CopyOnWriteArrayList<>();
  private final AtomicLong budget;

  Stage(Vertx vertx, String runId, Pace pace, Cast cast, Memory memory) {
    this.vertx = vertx;
    this.runId = runId;
    this.pace = pace;
    this.cast = cast;
    this.memory = memory;
    this.budget = new AtomicLong(pace.maxCount());
  }

  /** Makes users and rooms. */
  Cast cast() {
    return cast;
  }

  /** In all messages of this run, and in no other's. */
  String runId() {
    return runId;
  }

  Pace pace() {
    return pace;
  }

  Stopwatch stopwatch() {
    return stopwatch;
  }

  Meter meter() {
    return meter;
  }

  Findings findings() {
    return findings;
  }

  Memory memory() {
    return memory;
  }

  Operation lag() {
    return meter.lag();
  }

  /** Says something at the end, beside the figures. */
  void remark(String text) {
    if (!remarks.contains(text)) {
      remarks.add(text);
    }
  }

  List<String> remarks() {
    return remarks;
  }

  /** Takes one act of those that the run may still have; false when none is left. */
  boolean takeFromBudget() {
    return budget.getAndDecrement() > 0;
  }

  boolean isBudgetSpent() {
    return budget.get() <= 0;
  }

  /** Does something later, on the loop that asks; gives what {@link #cancel} takes. */
  long after(long millis, Runnable then) {
    return vertx.setTimer(Math.max(1, millis), late -> then.run());
  }

  /** Whether there was something to come, which will not come now. */
  boolean cancel(long timer) {
    return timer >= 0 && vertx.cancelTimer(timer);
  }

  Future<Void> pause(long millis) {
    return vertx.timer(Math.max(1, millis), TimeUnit.MILLISECONDS).mapEmpty();
  }

  /** The schedule of actor {@code index} of {@code actors}, who share the run's rate. */
  Schedule schedule(int index, int actors) {
    return pace.rate() == 0 ? new Schedule.ClosedLoop() : schedule(index, actors, pace.rate());
  }

  /** The schedule of actor {@code index} of {@code actors}, who share a rate. */
  Schedule schedule(int index, int actors, double rate) {
    return new Schedule.OpenLoop(rate / actors, seed(index));
  }

  /** Makes the texts of who has that number. */
  Marks marks(int index) {
    return new Marks(runId, pace.textLength(), seed(index));
  }

  /** The seed of who has that number. */
  long seed(int index) {
    return pace.seed() * SEED_FACTOR + index;
  }

  /**
   * Times a request from {@code since} on. What the server turns away because it has too much to do
   * is timed apart; what it refuses otherwise is counted as a failure.
   */
  Future<Answer> time(Operation operation, long since, Future<Answer> call) {
    return call.transform(
        result -> {
          Answer answer = result.result();
          if (answer != null && answer.ok()) {
            operation.finished(since, stopwatch.micros());
            return call;
          }
          if (answer != null && answer.turnedAway()) {
            meter
                .operation(operation.name() + Meter.TURNED_AWAY)
                .finished(since, stopwatch.micros());
          }
          return failed(operation.name(), result);
        });
  }

  /** A request that is not timed, but counted when it fails. */
  Future<Answer> checked(String name, Future<Answer> call) {
    return call.transform(
        result -> result.succeeded() && result.result().ok() ? call : failed(name, result));
  }

  /** Counts an answer that turns a request away. */
  void turnedAway(String name, Answer answer) {
    meter.turnedAway(
        "%s: %d %s, %s"
            .formatted(
                name,
                answer.status(),
                answer.refusal(),
                answer.saysWhen() ? "saying when to come again" : "NOT saying when to come again"));
  }

  private Future<Answer> failed(String name, AsyncResult<Answer> result) {
    if (result.succeeded() && result.result().turnedAway()) {
      turnedAway(name, result.result());
      return Future.failedFuture(Failed.turnedAway(result.result()));
    }
    if (result.failed() && !Failure.isOutside(result.cause())) {
      return Future.failedFuture(result.cause());
    }
    String reason = result.failed() ? Failure.name(result.cause()) : result.result().refusal();
    meter.failed(name + ": " + reason);
    return Future.failedFuture(Failed.because(reason));
  }
}
