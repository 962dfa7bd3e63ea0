package dev.stele.server.presence;

import dev.stele.server.presence.Presence.State;
import org.jspecify.annotations.Nullable;

/**
 * What a user does, as far as their presence follows from it. Immutable.
 *
 * @param said the state that a client has given
 * @param held whether it was given as such, so that a mere poll does not take it back
 * @param status what the user says of themselves, or null
 * @param lastActive when the user last did something, in milliseconds since the Unix epoch
 * @param polls how many polls of theirs are under way
 * @param lastPoll when the last poll ended, in milliseconds since the Unix epoch
 */
record Activity(
    State said, boolean held, @Nullable String status, long lastActive, int polls, long lastPoll) {
  /** After this long without doing anything, a user is unavailable. */
  static final long IDLE_MILLIS = 5 * 60_000;

  /** After this long without polling, a user is offline. */
  static final long GONE_MILLIS = 30_000;

  static final Activity NONE = new Activity(State.OFFLINE, false, null, 0, 0, 0);

  /**
   * A client sets the state and the status. It counts as doing something, if it is to be online.
   */
  Activity set(State state, @Nullable String text, long now) {
    long active = state == State.OFFLINE ? lastActive : now;
    return new Activity(state, state != State.ONLINE, text, active, polls, now);
  }

  /**
   * A poll begins.
   *
   * @param state what it asks to be shown as; null if it does not say
   */
  Activity polling(@Nullable State state, long now) {
    Activity begun = new Activity(said, held, status, lastActive, polls + 1, lastPoll);
    if (state == State.OFFLINE || (state == null && held)) {
      return begun;
    }
    State wanted = state == null ? State.ONLINE : state;
    boolean returns = wanted == State.ONLINE && state(now) == State.OFFLINE;
    return new Activity(wanted, false, status, returns ? now : lastActive, begun.polls, lastPoll);
  }

  /** A poll ends. */
  Activity polled(long now) {
    return new Activity(said, held, status, lastActive, Math.max(0, polls - 1), now);
  }

  /** The user does something. */
  Activity acting(long now) {
    State next = said == State.UNAVAILABLE ? State.ONLINE : said;
    return new Activity(next, next != State.ONLINE && held, status, now, polls, lastPoll);
  }

  State state(long now) {
    if (said == State.OFFLINE || (polls == 0 && now - lastPoll >= GONE_MILLIS)) {
      return State.OFFLINE;
    }
    return now - lastActive >= IDLE_MILLIS ? State.UNAVAILABLE : said;
  }

  /** How long until the state changes by itself, in milliseconds; -1 if it does not. */
  long changesIn(long now) {
    State state = state(now);
    if (state == State.OFFLINE) {
      return -1;
    }
    long idle = state == State.ONLINE ? lastActive + IDLE_MILLIS - now : Long.MAX_VALUE;
    long gone = polls == 0 ? lastPoll + GONE_MILLIS - now : Long.MAX_VALUE;
    long next = Math.min(idle, gone);
    return next == Long.MAX_VALUE ? -1 : Math.max(1, next);
  }
}
