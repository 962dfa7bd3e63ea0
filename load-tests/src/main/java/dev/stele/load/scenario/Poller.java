package dev.stele.load.scenario;

import com.fasterxml.jackson.core.JsonProcessingException;
import dev.stele.load.client.Answer;
import dev.stele.load.client.Call;
import dev.stele.load.client.Failure;
import dev.stele.load.client.User;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.http.HttpMethod;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A user who listens by long-poll. Lives on its user's loop. */
final class Poller {
  static final String FILTER =
      User.segment(
          "{\"presence\":{\"not_types\":[\"*\"]},\"account_data\":{\"not_types\":[\"*\"]},"
              + "\"room\":{\"timeline\":{\"limit\":1000},\"state\":{\"lazy_load_members\":true}}}");
  private static final long PAUSE_AFTER_FAILURE_MILLIS = 100;
  private static final int LONG_POLL_MILLIS = 30_000;

  private final Stage stage;
  private final User user;
  private final Ear ear;
  private final Promise<Void> ready = Promise.promise();
  private String since = "";
  private @Nullable Call waiting;
  private boolean away;
  private volatile boolean stopping;

  Poller(Stage stage, User user, List<Room> rooms) {
    this.stage = stage;
    this.user = user;
    this.ear = new Ear(stage, rooms);
  }

  /** Completes after the first sync: from then on, everything that is said is heard. */
  Future<Void> start() {
    user.run(this::poll);
    return ready.future();
  }

  void stop() {
    stopping = true;
  }

  User user() {
    return user;
  }

  boolean isIn(Room room) {
    return ear.isIn(room);
  }

  /** Whether something that was said has not been heard yet. */
  boolean isBehind() {
    return ear.isBehind();
  }

  boolean isBehind(Room room) {
    return ear.isBehind(room);
  }

  /** Closes the connection in the middle of a poll, and does not come back by itself. */
  void leave() {
    away = true;
    if (waiting != null) {
      waiting.giveUp();
    }
  }

  /** Polls again from where it was. Completes with the first answer, which does not wait. */
  Future<Answer> comeBack() {
    away = false;
    return user.get(path(0))
        .onSuccess(
            answer -> {
              if (!answer.ok()) {
                refused(answer);
              } else if (take(answer)) {
                poll();
              }
            })
        .onFailure(failure -> failed(Failure.name(failure)));
  }

  private void poll() {
    if (stopping || away) {
      return;
    }
    Call call = user.call(HttpMethod.GET, path(since.isEmpty() ? 0 : LONG_POLL_MILLIS));
    waiting = call;
    call.answer()
        .onSuccess(answer -> answered(call, answer))
        .onFailure(failure -> broken(call, failure));
  }

  private String path(int timeout) {
    String position = "&timeout=" + timeout + (since.isEmpty() ? "" : "&since=" + since);
    return User.API + "/sync?filter=" + FILTER + position;
  }

  /** An answer that came although its poll was given up will come again. */
  private void answered(Call call, Answer answer) {
    if (call.isGivenUp()) {
      return;
    }
    if (!answer.ok()) {
      refused(answer);
    } else if (take(answer)) {
      ready.tryComplete();
      poll();
    }
  }

  private boolean take(Answer answer) {
    try {
      SyncAnswer sync = SyncAnswer.read(answer.body().getBytes());
      if (sync.limited() && ready.future().isComplete()) {
        stage.meter().failed("sync: limited timeline");
      }
      if (!sync.marks().isEmpty()) {
        stage.meter().received(answer.body().length());
      }
      since = User.segment(sync.nextBatch());
      ear.hear(sync.marks());
      return true;
    } catch (JsonProcessingException e) {
      failed("malformed answer");
      return false;
    }
  }

  private void broken(Call call, Throwable failure) {
    if (!call.isGivenUp()) {
      failed(Failure.name(failure));
    }
  }

  private void refused(Answer answer) {
    if (answer.turnedAway()) {
      stage.turnedAway("sync", answer);
      stage.pause(answer.retryAfterMillis()).onSuccess(paused -> poll());
    } else {
      failed(answer.refusal());
    }
  }

  private void failed(String reason) {
    stage.meter().failed("sync: " + reason);
    stage.pause(PAUSE_AFTER_FAILURE_MILLIS).onSuccess(paused -> poll());
  }
}
