package dev.stele.load.client;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/** Asks again after as long as a server that limits rates asks to wait. */
public record Patience(Vertx vertx, int tries) {

  public Future<Answer> ask(Supplier<Future<Answer>> request) {
    return ask(request, tries);
  }

  private Future<Answer> ask(Supplier<Future<Answer>> request, int triesLeft) {
    return request
        .get()
        .compose(
            answer ->
                answer.status() == 429 && triesLeft > 1
                    ? pause(answer).compose(paused -> ask(request, triesLeft - 1))
                    : Future.succeededFuture(answer));
  }

  private Future<Void> pause(Answer answer) {
    return vertx.timer(answer.retryAfterMillis(), TimeUnit.MILLISECONDS).mapEmpty();
  }
}
