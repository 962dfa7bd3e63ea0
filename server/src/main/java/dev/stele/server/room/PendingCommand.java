package dev.stele.server.room;

import dev.stele.server.event.KnownEvent;
import dev.stele.stateres.event.Pdu;
import io.vertx.core.Promise;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;

/** A command that waits for its turn in a room, or for the outcome of its append. */
final class PendingCommand {
  private static final int MAX_TRIES = 3;

  private final RoomCommand command;
  private final long number;
  private final Promise<RoomOutcome> outcome = Promise.promise();
  private final Map<String, Pdu> loaded = new HashMap<>();
  private int tries;

  PendingCommand(RoomCommand command, long number) {
    this.command = command;
    this.number = number;
  }

  RoomCommand command() {
    return command;
  }

  /** Its place among the room's commands, which it keeps when it is tried again. */
  long number() {
    return number;
  }

  /** What whoever asked waits for. */
  Promise<RoomOutcome> outcome() {
    return outcome;
  }

  /** The events that were read from the log to decide it, by id. */
  Map<String, Pdu> loaded() {
    return loaded;
  }

  /**
   * Keeps events that were read for it.
   *
   * @param asked the ids that were asked for, all of which the log must have
   */
  PendingCommand add(Map<String, KnownEvent> events, Set<String> asked) {
    events.forEach((id, event) -> loaded.put(id, event.pdu()));
    if (!events.keySet().containsAll(asked)) {
      throw new IllegalStateException("state of the room is not in the log: " + asked);
    }
    return this;
  }

  /** Whether it may be decided once more, after a failure that was not its own. */
  boolean mayTryAgain() {
    tries++;
    return tries < MAX_TRIES;
  }
}
