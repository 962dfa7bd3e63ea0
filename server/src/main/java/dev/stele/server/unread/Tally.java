package dev.stele.server.unread;

import dev.stele.server.push.CompiledRules;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * What of a room notifies a user and is not read yet, as of a position. Immutable; each step shares
 * with the last what is the same.
 *
 * @param position up to where everything counts
 * @param reader whose it is, with the rules that it was made by
 * @param displayName what the user is called in the room, if their rules ask
 * @param marks up to where the user has read
 * @param newest the newest notification, which leads to the older ones; null if there are none
 * @param unread how many there are, counted as they come: a poll asks each time it is woken
 */
record Tally(
    long position,
    Reader reader,
    @Nullable String displayName,
    ReadMarks marks,
    @Nullable Notification newest,
    Unread unread) {
  /**
   * How many are counted of one room. Beyond it only those that stand out are, in the place of
   * others: clients show something like "99+" long before.
   */
  static final int MAX = 1_000;

  static Tally empty(long position, Reader reader, @Nullable String name, ReadMarks marks) {
    return new Tally(position, reader, name, marks, null, Unread.NONE);
  }

  CompiledRules rules() {
    return reader.rules();
  }

  int size() {
    return unread.all().notifications();
  }

  boolean isFull() {
    return size() >= MAX;
  }

  Tally at(long now) {
    return new Tally(now, reader, displayName, marks, newest, unread);
  }

  Tally named(@Nullable String name) {
    return new Tally(position, reader, name, marks, newest, unread);
  }

  /** With the next notification, unless it is read already. */
  Tally plus(Notification next) {
    if (next.position() <= marks.of(next.thread())) {
      return this;
    }
    if (isFull()) {
      return next.highlight() ? withoutOldestPlain().plus(next) : this;
    }
    return with(next.after(newest), unread.plus(next));
  }

  /** Without an event that was redacted. */
  Tally minus(String eventId, long at) {
    return keep(notification -> !notification.eventId().equals(eventId), at);
  }

  /** Having read up to there. */
  Tally read(ReadMarks now, long at) {
    Tally read =
        now.equals(marks)
            ? this
            : keep(notification -> notification.position() > now.of(notification.thread()), at);
    return new Tally(read.position, reader, displayName, now, read.newest, read.unread);
  }

  /** Makes room for one that stands out; if all do, the oldest goes. */
  private Tally withoutOldestPlain() {
    Notification oldest = null;
    for (Notification next = newest; next != null; next = next.older()) {
      if (oldest == null || !next.highlight() || oldest.highlight()) {
        oldest = next;
      }
    }
    long gone = oldest == null ? 0 : oldest.position();
    return keep(notification -> notification.position() != gone, unread.changedAt());
  }

  private Tally keep(Predicate<Notification> kept, long at) {
    Deque<Notification> left = new ArrayDeque<>();
    for (Notification next = newest; next != null; next = next.older()) {
      if (kept.test(next)) {
        left.push(next);
      }
    }
    if (left.size() == size()) {
      return this;
    }
    Notification first = null;
    for (Notification next : left) {
      first = next.after(first);
    }
    return with(first, Unread.of(left, at));
  }

  private Tally with(@Nullable Notification first, Unread counted) {
    return new Tally(position, reader, displayName, marks, first, counted);
  }
}
