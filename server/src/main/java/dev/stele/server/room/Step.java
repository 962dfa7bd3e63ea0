package dev.stele.server.room;

import dev.stele.api.MatrixError;
import dev.stele.server.record.Fact;
import dev.stele.server.record.Transaction;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What one command leads to in a room as it stands. */
sealed interface Step {
  /**
   * Events to append.
   *
   * @param state the room after them
   * @param events at least one, in order
   */
  record Advance(RoomState state, List<BuiltEvent> events) implements Step {
    public Advance {
      events = List.copyOf(events);
    }

    /** All that becomes true with the command. */
    List<Fact> facts(RoomCommand command) {
      List<Fact> facts = new ArrayList<>();
      @Nullable Transaction transaction = command.transaction().orElse(null);
      events.forEach(event -> facts.add(event.fact(transaction)));
      facts.addAll(command.facts());
      return facts;
    }

    RoomOutcome outcome() {
      return new RoomOutcome.Done(events.get(events.size() - 1).id());
    }
  }

  /** An outcome that needs no event. */
  record Settle(RoomOutcome outcome) implements Step {
    static Settle refused(MatrixError error) {
      return new Settle(new RoomOutcome.Refused(error));
    }
  }

  /** Nothing yet: state or events have to be read first, which the view names. */
  record Incomplete() implements Step {}
}
