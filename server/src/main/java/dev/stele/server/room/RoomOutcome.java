package dev.stele.server.room;

import dev.stele.api.MatrixError;

/** What became of a command. */
public sealed interface RoomOutcome {
  /**
   * It is done and durable.
   *
   * @param eventId the event that it led to, the last one if there are several; for a repeated
   *     request the event of the first time
   */
  record Done(String eventId) implements RoomOutcome {}

  /** It was refused; nothing was written. */
  record Refused(MatrixError error) implements RoomOutcome {}
}
