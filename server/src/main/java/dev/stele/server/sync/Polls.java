package dev.stele.server.sync;

import java.util.Collection;
import java.util.List;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;

/** The polls that wait on an event loop, and what wakes and ends them. Belongs to that loop. */
final class Polls {
  private final LongAdder waiting = new LongAdder();
  private final SessionEnds sessionEnds = new SessionEnds();

  /** How many wait. May be asked from any thread. */
  long waiting() {
    return waiting.sum();
  }

  /**
   * Lets a poll wait.
   *
   * @param since the position at which it was let in
   */
  void add(ActiveUser user, Waiter waiter, long since) {
    user.waiters().add(waiter);
    waiting.increment();
    long end = sessionEnds.of(user.userId(), waiter.deviceId());
    if (end > since) {
      waiter.loggedOut(end);
    }
  }

  void remove(ActiveUser user, Waiter waiter) {
    if (user.waiters().remove(waiter)) {
      waiting.decrement();
    }
  }

  /** Wakes the polls of those whom something concerns. */
  void wake(Collection<ActiveUser> concerned) {
    for (ActiveUser user : concerned) {
      List.copyOf(user.waiters()).forEach(Waiter::wake);
    }
  }

  /**
   * Ends the polls of a device that has lost its access token.
   *
   * @param user its user, if they are known here
   * @param position when it did
   */
  void endSession(@Nullable ActiveUser user, String userId, String deviceId, long position) {
    sessionEnds.add(userId, deviceId, position);
    if (user != null) {
      List.copyOf(user.waiters()).stream()
          .filter(waiter -> waiter.deviceId().equals(deviceId))
          .forEach(waiter -> waiter.loggedOut(position));
    }
  }
}
