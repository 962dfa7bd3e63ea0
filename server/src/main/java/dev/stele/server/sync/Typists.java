package dev.stele.server.sync;

import org.jspecify.annotations.Nullable;

/** What a client does not know yet of who is typing. */
final class Typists {
  private Typists() {}

  /**
   * The typing notices of a room, if the client has not heard of them.
   *
   * @param anew whether it hears of the room for the first time
   */
  static TypingNotices.@Nullable Typing news(
      TypingNotices notices, String roomId, SyncRequest request, boolean anew) {
    TypingNotices.Typing typing = notices.in(roomId);
    SyncToken since = request.since();
    if (typing == null) {
      return null;
    }
    boolean unknown =
        (anew || since == null) ? !typing.users().isEmpty() : typing.count() > since.ephemeral();
    return unknown ? typing : null;
  }
}
