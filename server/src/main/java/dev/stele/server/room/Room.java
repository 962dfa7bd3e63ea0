package dev.stele.server.room;

import dev.stele.api.ErrorCode;
import dev.stele.api.MatrixError;
import dev.stele.eventstore.Appended;
import dev.stele.eventstore.Claim;
import dev.stele.eventstore.Lane;
import dev.stele.eventstore.Overloaded;
import dev.stele.server.record.Entry;
import dev.stele.server.record.Fact;
import dev.stele.server.record.RoomEvent;
import dev.stele.stateres.event.Pdu;
import dev.stele.stateres.event.StateKey;
import io.vertx.core.Future;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.PriorityQueue;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The queue of one room's commands, on the room's event loop. Has them decided one at a time, in
 * order; applies what they lead to at once and sends it to the log without waiting for what went
 * before, so that a busy room fills batches. Nobody is told of an event before it is durable.
 *
 * <p>When an append is refused or fails, everything after it was decided on events that do not
 * exist: the room drops what it holds, reads itself anew, and has those commands decided again. How
 * a command is decided is the {@link Decider}'s part.
 */
final class Room {
  private final String roomId;
  private final RoomServices services;
  private final PriorityQueue<PendingCommand> queue =
      new PriorityQueue<>(Comparator.comparingLong(PendingCommand::number));
  private final Map<String, Pdu> inFlight = new HashMap<>();
  private final FamiliarEvents familiar = new FamiliarEvents();
  private Lane lane = new Lane();
  private long submitted;
  private Future<?> lastAppend = Future.succeededFuture();
  private @Nullable RoomState state;
  private boolean waiting;
  private boolean uncertain;

  Room(String roomId, RoomServices services) {
    this.roomId = roomId;
    this.services = services;
  }

  Future<RoomOutcome> submit(RoomCommand command) {
    if (queue.size() >= services.limits().commands()) {
      return Future.failedFuture(new Overloaded());
    }
    PendingCommand pending = new PendingCommand(command, submitted++);
    queue.add(pending);
    pump();
    return pending.outcome().future();
  }

  /** Whether nothing is waiting or on its way, so that the room may be forgotten. */
  boolean isIdle() {
    return queue.isEmpty() && inFlight.isEmpty() && !waiting && !uncertain;
  }

  private void pump() {
    while (!waiting) {
      PendingCommand next = queue.peek();
      if (next == null) {
        rest();
        return;
      }
      RoomState loaded = state;
      try {
        if (loaded == null) {
          load(next);
        } else {
          advance(next, loaded);
        }
      } catch (RuntimeException e) {
        // A defect in one command is no reason to keep the others waiting.
        boolean unused = queue.remove(next) && next.outcome().tryFail(e);
      }
    }
  }

  /** Begins to read the room as the log has it. */
  private void load(PendingCommand first) {
    // After a failure, only the database knows what was appended.
    Future<Optional<RoomState>> read =
        uncertain
            ? services
                .log()
                .refresh()
                .compose(head -> services.load(roomId, first.command()))
                .onSuccess(found -> uncertain = false)
            : services.load(roomId, first.command());
    await(first, services.onShard(read).map(found -> loaded(first, found)));
  }

  private boolean loaded(PendingCommand first, Optional<RoomState> found) {
    if (found.isPresent()) {
      state = found.get();
    } else {
      queue.remove(first);
      first.outcome().complete(new RoomOutcome.Refused(first.command().unknownRoom()));
    }
    return found.isPresent();
  }

  /** Carries out the first command, or begins to read what it needs for that. */
  private void advance(PendingCommand next, RoomState loaded) {
    CommandView view = new CommandView(loaded, id -> event(next, id));
    Step step = services.decider().decide(next.command(), view);
    if (step instanceof Step.Incomplete) {
      complete(next, view);
      return;
    }
    queue.remove();
    if (step instanceof Step.Settle settled) {
      settle(next, settled.outcome());
    } else {
      append(next, (Step.Advance) step);
    }
    slim();
  }

  /** Reads what a view lacks: what holds its pieces of state, then the events that do. */
  private void complete(PendingCommand next, CommandView view) {
    Set<StateKey> unknown = view.unknown();
    Set<String> missing = view.missing();
    await(
        next,
        unknown.isEmpty()
            ? services.events().byId(missing).map(events -> next.add(events, missing))
            : services
                .onShard(services.state(roomId, unknown))
                .onSuccess(found -> learn(unknown, found)));
  }

  /** Nothing that is on its way changes what was unknown; a room that was dropped knows nothing. */
  private void learn(Set<StateKey> asked, Map<StateKey, String> found) {
    if (state != null) {
      state = state.with(asked, found);
    }
  }

  private @Nullable Pdu event(PendingCommand pending, String eventId) {
    Pdu own = pending.loaded().getOrDefault(eventId, inFlight.get(eventId));
    return own != null ? own : familiar.get(eventId, services.events());
  }

  /** Pauses the queue until a read is done; the first command answers for its failure. */
  private void await(PendingCommand next, Future<?> read) {
    waiting = true;
    services
        .onShard(read)
        .onComplete(
            done -> {
              waiting = false;
              if (done.failed()) {
                boolean unused = queue.remove(next) && next.outcome().tryFail(done.cause());
              }
              pump();
            });
  }

  private void append(PendingCommand pending, Step.Advance step) {
    List<Fact> facts = step.facts(pending.command());
    state = step.state();
    step.events().forEach(event -> inFlight.put(event.id(), event.pdu()));
    Lane used = lane;
    Future<Appended> append = services.onShard(services.log().append(used, facts));
    lastAppend = append;
    append.onComplete(
        appended -> {
          step.events().forEach(event -> inFlight.remove(event.id()));
          if (appended.failed()) {
            uncertain = true;
            drop(used);
            pending.outcome().fail(appended.cause());
          } else if (appended.result() instanceof Appended.Committed committed) {
            services.remember(facts, committed.first());
            familiar.forgetRedacted(facts);
            pending.outcome().complete(step.outcome());
          } else {
            drop(used);
            refused(pending, appended.result());
          }
          rest();
        });
  }

  /** A room with nothing to do keeps no more in memory than is worth it. */
  private void rest() {
    if (isIdle()) {
      familiar.clear();
      slim();
    }
  }

  /** A room that always has something to do must not learn of ever more people either. */
  private void slim() {
    if (state != null && known() > services.limits().known() + inFlight.size()) {
      state = state.only(inFlight.values());
    }
  }

  /** How many pieces of the room's state are in memory. */
  int known() {
    return state == null ? 0 : state.known().size();
  }

  /** Without an event of its own, a command is done once what it was decided on is durable. */
  private void settle(PendingCommand pending, RoomOutcome outcome) {
    if (inFlight.isEmpty()) {
      pending.outcome().complete(outcome);
      return;
    }
    Lane used = lane;
    lastAppend.onComplete(
        done -> {
          if (used.isBroken()) {
            drop(used);
            retry(pending);
          } else {
            pending.outcome().complete(outcome);
          }
        });
  }

  private void refused(PendingCommand pending, Appended appended) {
    if (appended instanceof Appended.Conflict conflict) {
      services.onShard(repeated(pending.command(), conflict)).onComplete(pending.outcome());
    } else {
      retry(pending);
    }
  }

  private void retry(PendingCommand pending) {
    if (pending.mayTryAgain()) {
      queue.add(pending);
      pump();
    } else {
      pending.outcome().fail(new Overloaded());
    }
  }

  /** A claim was held already: the request was carried out before, or a name is taken. */
  private Future<RoomOutcome> repeated(RoomCommand command, Appended.Conflict conflict) {
    Claim claim = conflict.claim();
    if (claim.namespace().equals("alias")) {
      return Future.succeededFuture(
          new RoomOutcome.Refused(
              MatrixError.of(ErrorCode.ROOM_IN_USE, "The alias " + claim.key() + " is taken")));
    }
    return services
        .log()
        .readAt(List.of(conflict.holder()))
        .map(entries -> new RoomOutcome.Done(eventId(entries, command)));
  }

  private static String eventId(List<Entry> entries, RoomCommand command) {
    if (!entries.isEmpty() && entries.get(0).fact() instanceof RoomEvent event) {
      return event.eventId();
    }
    throw new IllegalStateException("a claim of " + command + " is held by no event");
  }

  private void drop(Lane broken) {
    if (lane == broken) {
      lane = new Lane();
      state = null;
    }
  }
}
