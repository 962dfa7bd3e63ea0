package dev.stele.server.sync;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import java.util.Optional;

/**
 * One request to {@code /sync}: answered at once if there is something to tell, otherwise as soon
 * as there is, and in any case when its time is up. Belongs to one event loop.
 */
final class Poll implements Waiter {
  private static final long NO_TIMER = -1;

  private final Vertx vertx;
  private final SyncServices services;
  private final LiveView view;
  private final ActiveUser user;
  private final SyncRequest request;
  private final long began;
  private final Promise<Optional<Buffer>> reply = Promise.promise();
  private long timer = NO_TIMER;
  private boolean reading;
  private boolean wokenMeanwhile;
  private boolean timeUp;
  private boolean done;

  /**
   * @param began the position at which the client was let in
   */
  Poll(SyncServices services, LiveView view, ActiveUser user, SyncRequest request, long began) {
    this.vertx = view.vertx();
    this.began = began;
    this.services = services;
    this.view = view;
    this.user = user;
    this.request = request;
  }

  /**
   * Starts it. The future completes on this event loop, or never once the client is gone; with
   * nothing if the device was logged out meanwhile.
   */
  Future<Optional<Buffer>> start(Future<Void> clientGone) {
    view.addWaiter(user, this, began);
    if (done) {
      return reply.future();
    }
    long timeout = request.timeout().toMillis();
    if (timeout > 0 && !request.complete()) {
      timer = vertx.setTimer(timeout, id -> endOfTime());
    } else {
      timeUp = true;
    }
    clientGone.onSuccess(gone -> stop());
    read();
    return reply.future();
  }

  @Override
  public String deviceId() {
    return request.viewer().deviceId();
  }

  @Override
  public void loggedOut(long position) {
    if (position > began && !done) {
      stop();
      reply.complete(Optional.empty());
    }
  }

  @Override
  public void wake() {
    if (done) {
      return;
    }
    if (reading) {
      wokenMeanwhile = true;
    } else {
      read();
    }
  }

  private void endOfTime() {
    timeUp = true;
    wake();
  }

  private void read() {
    reading = true;
    wokenMeanwhile = false;
    NewsReader reader = new NewsReader(services, view, user, request);
    reader
        .read()
        .onComplete(
            answer -> {
              reading = false;
              if (done) {
                return;
              }
              if (answer.failed()) {
                stop();
                reply.fail(answer.cause());
              } else {
                consider(answer.result(), reader.next());
              }
            });
  }

  private void consider(SyncAnswer answer, SyncToken next) {
    if (timeUp || !answer.isEmpty()) {
      stop();
      reply.complete(Optional.of(answer.encode(next)));
    } else if (wokenMeanwhile) {
      read();
    }
  }

  private void stop() {
    if (!done) {
      done = true;
      view.removeWaiter(user, this);
      if (timer != NO_TIMER) {
        boolean unused = vertx.cancelTimer(timer);
      }
    }
  }
}
