package dev.stele.server.sync;

/** A poll that waits for something to tell. Belongs to one event loop. */
interface Waiter {
  /** Something that may concern this poll has happened. */
  void wake();
}
