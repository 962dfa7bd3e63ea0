package dev.stele.load;

import com.fasterxml.jackson.core.JsonProcessingException;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.util.concurrent.TimeUnit;

/** A user who listens by long-poll. Lives on its user's loop. */
final class Poller {
  private static final int TIMEOUT_MILLIS = 20_000;
  private static final long PAUSE_AFTER_FAILURE_MILLIS = 100;
  private static final String FILTER =
      User.segment(
          "{\"presence\":{\"not_types\":[\"*\"]},\"account_data\":{\"not_types\":[\"*\"]},"
              + "\"room\":{\"timeline\":{\"limit\":1000},\"state\":{\"lazy_load_members\":true}}}");

  private final Vertx vertx;
  private final User user;
  private final RoomLedger ledger;
  private final Stopwatch stopwatch;
  private final Meter meter;
  private final Promise<Void> ready = Promise.promise();
  private String since = "";
  private int index;
  private volatile int heard;
  private volatile boolean stopping;

  Poller(Run run, int index) {
    this.vertx = run.vertx();
    this.user = run.cast().pollers().get(index);
    this.ledger = run.ledgers().get(run.cast().roomOf(index));
    this.stopwatch = run.stopwatch();
    this.meter = run.meter();
  }

  /** Completes after the first sync: from then on, everything that is said is heard. */
  Future<Void> start() {
    user.loop().context().runOnContext(on -> poll());
    return ready.future();
  }

  void stop() {
    stopping = true;
  }

  /** Whether all that was said in the room has been heard. */
  boolean isBehind() {
    return heard < ledger.expected();
  }

  private void poll() {
    if (stopping) {
      return;
    }
    String position =
        since.isEmpty() ? "&timeout=0" : "&timeout=" + TIMEOUT_MILLIS + "&since=" + since;
    user.get(User.API + "/sync?filter=" + FILTER + position)
        .onSuccess(this::answered)
        .onFailure(failure -> failed(Failure.name(failure)));
  }

  private void answered(Answer answer) {
    if (!answer.ok()) {
      failed(answer.refusal());
      return;
    }
    try {
      hear(SyncAnswer.read(answer.body().getBytes()));
    } catch (JsonProcessingException e) {
      failed("malformed answer");
      return;
    }
    ready.tryComplete();
    poll();
  }

  private void hear(SyncAnswer answer) {
    since = User.segment(answer.nextBatch());
    if (answer.limited() && ready.future().isComplete()) {
      meter.failed("sync: limited timeline");
    }
    long now = stopwatch.micros();
    for (SyncAnswer.Mark mark : answer.marks()) {
      ledger.heard(index++, mark.number());
      meter.delivered(mark.micros(), now);
    }
    heard = index;
  }

  private void failed(String reason) {
    meter.failed("sync: " + reason);
    vertx.timer(PAUSE_AFTER_FAILURE_MILLIS, TimeUnit.MILLISECONDS).onComplete(on -> poll());
  }
}
