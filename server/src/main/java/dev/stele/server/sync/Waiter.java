package dev.stele.server.sync;

/** A poll that waits for something to tell. Belongs to one event loop. */
interface Waiter {
  /** The device that waits. */
  String deviceId();

  /** Something that may concern this poll has happened. */
  void wake();

  /** The device has this access token by now, or has been logged out; others are void. */
  void tokenIs(TokenChanges.Token token);
}
