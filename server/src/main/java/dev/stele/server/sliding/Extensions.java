package dev.stele.server.sliding;

import dev.stele.server.inbox.InboxToken;
import org.jspecify.annotations.Nullable;

/**
 * What a client wants besides rooms.
 *
 * @param toDevice how it wants messages to its device; null if not at all
 */
public record Extensions(
    @Nullable ToDevice toDevice,
    boolean e2ee,
    boolean accountData,
    boolean receipts,
    boolean typing) {

  /**
   * How a client wants messages to its device. MSC3885.
   *
   * @param since up to where it has got them; null if it has none
   * @param limit how many to tell it at most
   */
  public record ToDevice(@Nullable InboxToken since, int limit) {}
}
