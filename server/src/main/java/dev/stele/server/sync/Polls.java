package dev.stele.server.sync;

import java.util.Collection;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;

/** The polls that wait on an event loop, and what wakes and ends them. Belongs to that loop. */
final class Polls {
  /** How many are woken in one go; thousands would keep the loop from everything else. */
  private static final int AT_ONCE = 64;

  /** How many of one user may wait on an event loop. */
  static final int MAX_OF_USER = 100;

  /** About how much of the heap a poll takes with its connection. */
  private static final long BYTES = 10_000;

  private final Loop loop;
  private final long most;
  private final LongAdder waiting = new LongAdder();
  private final Set<ActiveUser> due = new LinkedHashSet<>();
  private final TokenChanges tokens = new TokenChanges();

  /**
   * @param most how many may wait
   */
  Polls(Loop loop, long most) {
    this.loop = loop;
    this.most = most;
  }

  /** How many may wait on each of these loops: together they may take half of the heap. */
  static long most(long heapBytes, int loops) {
    return Math.max(MAX_OF_USER, heapBytes / 2 / BYTES / loops);
  }

  /** How many wait. May be asked from any thread. */
  long waiting() {
    return waiting.sum();
  }

  /**
   * Lets a poll wait.
   *
   * @return false if too many of the user, or of all, wait already
   */
  boolean add(ActiveUser user, Waiter waiter) {
    if (user.waiters().size() >= MAX_OF_USER || waiting() >= most) {
      return false;
    }
    user.waiters().add(waiter);
    waiting.increment();
    TokenChanges.Token token = tokens.of(user.userId(), waiter.deviceId());
    if (token != null) {
      waiter.tokenIs(token);
    }
    return true;
  }

  void remove(ActiveUser user, Waiter waiter) {
    if (user.waiters().remove(waiter)) {
      waiting.decrement();
    }
  }

  /**
   * Wakes the polls of those whom something concerns: the first at once, and the others while the
   * loop does what else there is. Who is concerned again before their turn is woken once.
   */
  void wake(Collection<ActiveUser> concerned) {
    boolean isUnderWay = !due.isEmpty();
    due.addAll(concerned);
    if (!isUnderWay) {
      wakeSome();
    }
  }

  private void wakeSome() {
    Iterator<ActiveUser> users = due.iterator();
    for (int i = 0; i < AT_ONCE && users.hasNext(); i++) {
      List<Waiter> waiters = List.copyOf(users.next().waiters());
      users.remove();
      waiters.forEach(Waiter::wake);
    }
    if (!due.isEmpty()) {
      loop.later(this::wakeSome);
    }
  }

  /**
   * Ends the polls of a device that have another access token than it has by now.
   *
   * @param user its user, if they are known here
   */
  void tokenIs(
      @Nullable ActiveUser user, String userId, String deviceId, TokenChanges.Token token) {
    tokens.add(userId, deviceId, token);
    if (user != null) {
      List.copyOf(user.waiters()).stream()
          .filter(waiter -> waiter.deviceId().equals(deviceId))
          .forEach(waiter -> waiter.tokenIs(token));
    }
  }

  /** The tokens that changed lately. */
  TokenChanges tokens() {
    return tokens;
  }
}
