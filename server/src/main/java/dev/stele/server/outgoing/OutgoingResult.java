package dev.stele.server.outgoing;

import io.vertx.core.buffer.Buffer;

/** What became of a request to another server. */
public sealed interface OutgoingResult {
  /** The server answered, whatever it said. */
  record Answered(int status, Buffer body) implements OutgoingResult {}

  /** The server's name leads nowhere but to addresses that requests may not go to. */
  record NotAllowed() implements OutgoingResult {}

  /**
   * There was no answer, or none in time and of bearable size.
   *
   * @param late whether time ran out
   * @param reason why, for the log
   */
  record NoAnswer(boolean late, String reason) implements OutgoingResult {}
}
