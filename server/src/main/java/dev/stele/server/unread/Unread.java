package dev.stele.server.unread;

import java.util.Collection;
import java.util.HashMap;
import java.util.Map;

/**
 * What a user has not read of a room.
 *
 * @param all everything
 * @param main what is in no thread
 * @param threads what is in threads, by their root; those without any are left out
 * @param changedAt the position at which it last changed; 0 if that is not known
 */
public record Unread(Counts all, Counts main, Map<String, Counts> threads, long changedAt) {
  public static final Unread NONE = new Unread(Counts.NONE, Counts.NONE, Map.of(), 0);

  public Unread {
    threads = Map.copyOf(threads);
  }

  static Unread of(Collection<Notification> notifications, long changedAt) {
    Counts all = Counts.NONE;
    Map<String, Counts> threads = new HashMap<>();
    for (Notification each : notifications) {
      all = all.plus(each.highlight());
      count(each, threads);
    }
    Counts main = threads.remove(Threads.MAIN);
    return new Unread(all, main == null ? Counts.NONE : main, threads, changedAt);
  }

  /** With one more, which is the newest. */
  Unread plus(Notification next) {
    Counts more = all.plus(next.highlight());
    if (next.thread().equals(Threads.MAIN)) {
      return new Unread(more, main.plus(next.highlight()), threads, next.position());
    }
    Map<String, Counts> counted = new HashMap<>(threads);
    count(next, counted);
    return new Unread(more, main, counted, next.position());
  }

  private static void count(Notification one, Map<String, Counts> threads) {
    Counts before = threads.getOrDefault(one.thread(), Counts.NONE);
    threads.put(one.thread(), before.plus(one.highlight()));
  }
}
