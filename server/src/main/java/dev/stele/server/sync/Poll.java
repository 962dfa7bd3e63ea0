package dev.stele.server.sync;

import dev.stele.eventstore.Overloaded;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.function.Supplier;

/**
 * One request that waits for news: answered at once if there is something to tell, otherwise as
 * soon as there is, and in any case when its time is up. Belongs to one event loop.
 */
final class Poll implements Waiter {
  private static final long NO_TIMER = -1;

  private final Vertx vertx;
  private final LiveView view;
  private final ActiveUser user;
  private final Terms terms;
  private final Supplier<Future<Prepared>> reader;
  private final Promise<Polled> reply = Promise.promise();
  private long timer = NO_TIMER;
  private boolean reading;
  private boolean wokenMeanwhile;
  private boolean timeUp;
  private boolean done;

  /**
   * @param reader reads what there is to tell as of now
   */
  Poll(LiveView view, ActiveUser user, Terms terms, Supplier<Future<Prepared>> reader) {
    this.vertx = view.loop().vertx();
    this.view = view;
    this.user = user;
    this.terms = terms;
    this.reader = reader;
  }

  /**
   * How a client waits.
   *
   * @param deviceId its device
   * @param tokenId what its access token is known by
   * @param timeout how long; zero to be answered whatever there is
   * @param upToDate whether there surely is nothing to tell yet
   */
  record Terms(String deviceId, String tokenId, Duration timeout, boolean upToDate) {}

  /**
   * Starts it. The future completes on this event loop, or never once the client is gone. Fails
   * with {@link Overloaded} if too many polls wait already, of the user or of all.
   */
  Future<Polled> start(Future<Void> clientGone) {
    if (!view.polls().add(user, this)) {
      return Future.failedFuture(new Overloaded());
    }
    if (done) {
      return reply.future();
    }
    if (terms.timeout.isZero()) {
      timeUp = true;
    } else {
      timer = vertx.setTimer(terms.timeout.toMillis(), id -> endOfTime());
    }
    clientGone.onSuccess(gone -> stop());
    if (timeUp || !terms.upToDate) {
      read();
    }
    return reply.future();
  }

  @Override
  public String deviceId() {
    return terms.deviceId;
  }

  @Override
  public void tokenIs(TokenChanges.Token token) {
    if (!terms.tokenId.equals(token.id()) && !done) {
      stop();
      reply.complete(new Polled.Ended(token.id() != null));
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
    reader
        .get()
        .onComplete(
            prepared -> {
              reading = false;
              if (done) {
                return;
              }
              if (prepared.failed()) {
                stop();
                reply.fail(prepared.cause());
              } else {
                consider(prepared.result());
              }
            });
  }

  private void consider(Prepared prepared) {
    if (timeUp || !prepared.isEmpty()) {
      stop();
      reply.complete(new Polled.Answered(prepared.encode()));
    } else if (wokenMeanwhile) {
      read();
    }
  }

  private void stop() {
    if (!done) {
      done = true;
      view.polls().remove(user, this);
      if (timer != NO_TIMER) {
        boolean unused = vertx.cancelTimer(timer);
      }
    }
  }
}
