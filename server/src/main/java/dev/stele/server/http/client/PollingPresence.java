package dev.stele.server.http.client;

import dev.stele.server.presence.Presence.State;
import dev.stele.server.presence.Presences;
import io.vertx.core.Future;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Function;

/** Who polls is there for as long as the poll is under way. Client-server API, "Presence". */
final class PollingPresence {
  private final Presences presences;

  PollingPresence(Presences presences) {
    this.presences = presences;
  }

  /**
   * Polls.
   *
   * @param state what the poll asks the user to be shown as, if it says so
   * @param gone completes if nobody waits for the answer any more; it then may never come
   * @param poll the poll, which is given what {@code gone} is
   */
  <T> Future<T> during(
      String userId,
      Optional<State> state,
      Future<Void> gone,
      Function<Future<Void>, Future<T>> poll) {
    AtomicBoolean over = new AtomicBoolean();
    Runnable end =
        () -> {
          if (over.compareAndSet(false, true)) {
            presences.polled(userId);
          }
        };
    return presences
        .polling(userId, state)
        .compose(
            begun ->
                poll.apply(gone.onComplete(result -> end.run())).onComplete(result -> end.run()));
  }
}
