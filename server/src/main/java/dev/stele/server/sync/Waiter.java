package dev.stele.server.sync;

/** A poll that waits for something to tell. Belongs to one event loop. */
interface Waiter {
  /** The device that waits. */
  String deviceId();

  /** Something that may concern this poll has happened. */
  void wake();

  /**
   * The device has been logged out, or its access token was replaced.
   *
   * @param position when; a poll that began later goes on
   */
  void loggedOut(long position);
}
