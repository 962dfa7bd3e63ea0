package dev.stele.server.room;

import dev.stele.api.ErrorCode;
import dev.stele.api.MatrixError;
import dev.stele.stateres.auth.AuthRules;
import dev.stele.stateres.auth.AuthVerdict;
import dev.stele.stateres.event.Pdu;
import dev.stele.stateres.event.PduResult;
import dev.stele.stateres.event.StateKey;
import java.util.List;
import java.util.Set;

/**
 * Decides one command in a room as it stands: asks the command what it leads to, builds those
 * events, and lets the room's rules have the last word on each. Does no I/O; thread-safe.
 */
final class Decider {
  private final EventFactory factory;

  Decider(EventFactory factory) {
    this.factory = factory;
  }

  /** What the command leads to; incomplete when the view lacks what was required. */
  Step decide(RoomCommand command, CommandView view) {
    command.reads().forEach(view::require);
    if (!view.isComplete()) {
      return new Step.Incomplete();
    }
    Decision decision = command.decide(view);
    if (!view.isComplete()) {
      return new Step.Incomplete();
    }
    if (decision instanceof Decision.Emit emit) {
      Pdu first = command.firstEvent().orElse(null);
      return first == null
          ? build(command.roomId(), emit.drafts(), view)
          : begin(first, emit.drafts(), view);
    }
    return decision instanceof Decision.Unchanged unchanged
        ? new Step.Settle(new RoomOutcome.Done(unchanged.eventId()))
        : Step.Settle.refused(((Decision.Refuse) decision).error());
  }

  /** A new room: its create event, and what follows it. */
  private Step begin(Pdu create, List<EventDraft> drafts, CommandView view) {
    if (AuthRules.check(create, view::state) instanceof AuthVerdict.Denied denied) {
      return forbidden(denied);
    }
    view.apply(create);
    return build(create.roomId(), drafts, view);
  }

  private Step build(String roomId, List<EventDraft> drafts, CommandView view) {
    for (EventDraft draft : drafts) {
      Set<StateKey> authorisedBy = EventFactory.authorisedBy(view.version(), draft);
      requireReferences(draft, authorisedBy, view);
      if (!view.isComplete()) {
        return new Step.Incomplete();
      }
      PduResult built = factory.next(roomId, view, draft, authorisedBy);
      if (built instanceof PduResult.Refused refused) {
        return Step.Settle.refused(MalformedEvent.error(refused));
      }
      Pdu pdu = built.orThrow();
      AuthVerdict verdict = AuthRules.check(pdu, view::state);
      if (!view.isComplete()) {
        return new Step.Incomplete();
      }
      if (verdict instanceof AuthVerdict.Denied denied) {
        return forbidden(denied);
      }
      view.apply(pdu);
    }
    return new Step.Advance(view.room(), view.applied());
  }

  private static void requireReferences(
      EventDraft draft, Set<StateKey> authorisedBy, CommandView view) {
    // The rules read the create event even where events do not list it.
    view.require(RoomKeys.CREATE);
    authorisedBy.forEach(view::require);
    if (view.version().eventReferencesCarryHashes()) {
      view.requireExtremities();
    }
    if (draft.stateKey() != null) {
      view.require(new StateKey(draft.type(), draft.stateKey()));
    }
  }

  private static Step forbidden(AuthVerdict.Denied denied) {
    return Step.Settle.refused(MatrixError.of(ErrorCode.FORBIDDEN, denied.message()));
  }
}
