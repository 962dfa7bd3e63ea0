package dev.stele.server.unread;

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
}
