package dev.stele.load.client;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/** Asks again after as long as a server that limits rates asks to wait. Thread-safe. */
public final class Patience {
  private final Vertx vertx;
  private final int tries;
  private volatile boolean tested;

  public Patience(Vertx vertx, int tries) {
    this.vertx = vertx;
    this.tries = tries;
  }

  /** Whether a server ever asked to wait. */
  public boolean isTested() {
    return tested;
  }

  public Future<Answer> ask(Supplier<Future<Answer>> request) {
    return ask(request, tries);
  }

  private Future<Answer> ask(Supplier<Future<Answer>> request, int triesLeft) {
    return request
        .get()
        .compose(
            answer ->
                answer.turnedAway() && triesLeft > 1
                    ? pause(answer).compose(paused -> ask(request, triesLeft - 1))
                    : Future.succeededFuture(answer));
  }

  private Future<Void> pause(Answer answer) {
    tested = true;
    return vertx.timer(answer.retryAfterMillis(), TimeUnit.MILLISECONDS).mapEmpty();
  }
}
