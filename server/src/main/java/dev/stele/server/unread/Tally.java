package dev.stele.server.unread;

import dev.stele.server.push.CompiledRules;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * What of a room notifies a user and is not read yet, as of a position. Immutable; each step shares
 * with the last what is the same.
 *
 * @param position up to where everything counts
 * @param changedAt where it last changed
 * @param reader whose it is, with the rules that it was made by
 * @param displayName what the user is called in the room, if their rules ask
 * @param marks up to where the user has read
 * @param newest the newest notification, which leads to the older ones; null if there are none
 * @param size how many there are
 */
record Tally(
    long position,
    long changedAt,
    Reader reader,
    @Nullable String displayName,
    ReadMarks marks,
    @Nullable Notification newest,
    int size) {
  /**
   * How many are counted of one room. Beyond it only those that stand out are, in the place of
   * others: clients show something like "99+" long before.
   */
  static final int MAX = 1_000;

  static Tally empty(long position, Reader reader, @Nullable String name, ReadMarks marks) {
    return new Tally(position, 0, reader, name, marks, null, 0);
  }

  CompiledRules rules() {
    return reader.rules();
  }

  boolean isFull() {
    return size >= MAX;
  }

  Tally at(long now) {
    return new Tally(now, changedAt, reader, displayName, marks, newest, size);
  }

  Tally named(@Nullable String name) {
    return new Tally(position, changedAt, reader, name, marks, newest, size);
  }

  /** With the next notification, unless it is read already. */
  Tally plus(Notification next) {
    if (next.position() <= marks.of(next.thread())) {
      return this;
    }
    if (isFull()) {
      return next.highlight() ? withoutOldestPlain().plus(next) : this;
    }
    return with(next.after(newest), size + 1, next.position());
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
    return new Tally(
        read.position, read.changedAt, reader, displayName, now, read.newest, read.size);
  }

  Unread unread() {
    Counts all = Counts.NONE;
    Map<String, Counts> threads = new HashMap<>();
    for (Notification next = newest; next != null; next = next.older()) {
      all = all.plus(next.highlight());
      threads.put(
          next.thread(), threads.getOrDefault(next.thread(), Counts.NONE).plus(next.highlight()));
    }
    Counts main = threads.remove(Threads.MAIN);
    return new Unread(all, main == null ? Counts.NONE : main, threads, changedAt);
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
    return keep(notification -> notification.position() != gone, changedAt);
  }

  private Tally keep(Predicate<Notification> kept, long at) {
    Deque<Notification> left = new ArrayDeque<>();
    for (Notification next = newest; next != null; next = next.older()) {
      if (kept.test(next)) {
        left.push(next);
      }
    }
    if (left.size() == size) {
      return this;
    }
    Notification first = null;
    for (Notification next : left) {
      first = next.after(first);
    }
    return with(first, left.size(), at);
  }

  private Tally with(@Nullable Notification first, int count, long at) {
    return new Tally(position, at, reader, displayName, marks, first, count);
  }
}
