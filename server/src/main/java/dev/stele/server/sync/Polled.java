package dev.stele.server.sync;

import io.vertx.core.buffer.Buffer;

/** What became of a poll. */
public sealed interface Polled {
  /** There is an answer: this, or the rest of it. */
  record Answered(Buffer rest) implements Polled {}

  /**
   * Its access token became void while it waited.
   *
   * @param replaced whether the device has another token, rather than being logged out
   */
  record Ended(boolean replaced) implements Polled {}
}
