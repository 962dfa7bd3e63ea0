package dev.stele.server.room;

import dev.stele.api.MatrixError;
import dev.stele.server.record.Fact;
import java.util.List;

/**
 * Builds a whole new room without appending it: for a room that comes about together with changes
 * of another one. Nobody else can know of it yet, so that it needs no event loop of its own.
 * Thread-safe.
 */
public final class RoomBuilder {
  private final Decider decider;

  public RoomBuilder(EventFactory factory) {
    this.decider = new Decider(factory);
  }

  /** What the log will say of the room. */
  public Result build(CreateRoom command) {
    CommandView nothing =
        new CommandView(RoomState.empty(command.create().version()), eventId -> null);
    Step step = decider.decide(command, nothing);
    if (step instanceof Step.Advance advance) {
      return new Result.Built(advance.facts(command));
    }
    if (step instanceof Step.Settle settle
        && settle.outcome() instanceof RoomOutcome.Refused refused) {
      return new Result.Refused(refused.error());
    }
    throw new IllegalStateException("step: " + step + " (expected: events or a refusal)");
  }

  /** What came of it. */
  public sealed interface Result {
    /** The room's events and what else becomes true with them, in order. */
    record Built(List<Fact> facts) implements Result {
      public Built {
        facts = List.copyOf(facts);
      }
    }

    /** The rules of rooms do not allow it. */
    record Refused(MatrixError error) implements Result {}
  }
}
