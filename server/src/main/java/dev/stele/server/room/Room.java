package dev.stele.server.room;

import dev.stele.api.ErrorCode;
import dev.stele.api.MatrixError;
import dev.stele.eventstore.Appended;
import dev.stele.eventstore.Claim;
import dev.stele.eventstore.Lane;
import dev.stele.eventstore.Overloaded;
import dev.stele.server.event.KnownEvent;
import dev.stele.server.record.Entry;
import dev.stele.server.record.Fact;
import dev.stele.server.record.RoomEvent;
import dev.stele.server.record.Transaction;
import dev.stele.stateres.auth.AuthRules;
import dev.stele.stateres.auth.AuthVerdict;
import dev.stele.stateres.event.Pdu;
import dev.stele.stateres.event.PduResult;
import dev.stele.stateres.event.StateKey;
import dev.stele.stateres.version.RoomVersion;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.PriorityQueue;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * One room on its event loop. Takes commands one at a time, in order; applies what they lead to at
 * once and sends it to the log without waiting for what went before, so that a busy room fills
 * batches. Nobody is told of an event before it is durable.
 *
 * <p>When an append is refused or fails, everything after it was decided on events that do not
 * exist: the room drops what it holds, reads itself anew, and decides those commands again.
 */
final class Room {
  private static final int MAX_TRIES = 3;

  private final String roomId;
  private final RoomServices services;
  private final PriorityQueue<Pending> queue =
      new PriorityQueue<>(Comparator.comparingLong(Pending::number));
  private Lane lane = new Lane();
  private final Map<String, Pdu> inFlight = new HashMap<>();
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
    if (queue.size() >= services.maxQueue()) {
      return Future.failedFuture(new Overloaded());
    }
    Pending pending = new Pending(command, submitted++);
    queue.add(pending);
    pump();
    return pending.outcome.future();
  }

  /** Whether nothing is waiting or on its way, so that the room may be forgotten. */
  boolean isIdle() {
    return queue.isEmpty() && inFlight.isEmpty() && !waiting && !uncertain;
  }

  private void pump() {
    while (!waiting) {
      Pending next = queue.peek();
      if (next == null) {
        return;
      }
      RoomState loaded = state;
      if (loaded == null) {
        await(next, load(next).map(found -> loaded(next, found)));
        continue;
      }
      try {
        advance(next, loaded);
      } catch (RuntimeException e) {
        // A defect in one command is no reason to keep the others waiting.
        queue.remove(next);
        next.outcome.tryFail(e);
      }
    }
  }

  /** Carries out the first command, or begins to read what it needs for that. */
  private void advance(Pending next, RoomState loaded) {
    Set<String> missing = new HashSet<>();
    View view = new View(loaded, next.loaded, missing);
    Step step = decide(next.command, view);
    if (missing.isEmpty()) {
      queue.remove();
      carryOut(next, step);
    } else {
      await(next, services.events().byId(missing).map(events -> next.add(events, missing)));
    }
  }

  /** The room as the log has it. After a failure, only the database knows what was appended. */
  private Future<Optional<RoomState>> load(Pending first) {
    return uncertain
        ? services
            .log()
            .refresh()
            .compose(head -> services.load(roomId, first.command))
            .onSuccess(found -> uncertain = false)
        : services.load(roomId, first.command);
  }

  private boolean loaded(Pending first, Optional<RoomState> found) {
    if (found.isPresent()) {
      state = found.get();
    } else {
      queue.remove(first);
      first.outcome.complete(new RoomOutcome.Refused(first.command.unknownRoom()));
    }
    return found.isPresent();
  }

  /** Pauses the queue until a read is done; the first command answers for its failure. */
  private void await(Pending next, Future<?> read) {
    waiting = true;
    services
        .onShard(read)
        .onComplete(
            done -> {
              waiting = false;
              if (done.failed()) {
                queue.remove(next);
                next.outcome.tryFail(done.cause());
              }
              pump();
            });
  }

  /** What a command leads to; meaningless when the view reports missing events. */
  private Step decide(RoomCommand command, View view) {
    command.reads().forEach(view::require);
    if (!view.missing.isEmpty()) {
      return Step.NONE;
    }
    Decision decision = command.decide(view);
    if (decision instanceof Decision.Emit emit) {
      Pdu first = command.firstEvent().orElse(null);
      return first == null ? build(emit.drafts(), view) : begin(first, emit.drafts(), view);
    }
    return decision instanceof Decision.Unchanged unchanged
        ? new Step(view.state, List.of(), new RoomOutcome.Done(unchanged.eventId()))
        : new Step(
            view.state, List.of(), new RoomOutcome.Refused(((Decision.Refuse) decision).error()));
  }

  /** A new room: its create event, and what follows it. */
  private Step begin(Pdu create, List<EventDraft> drafts, View view) {
    if (AuthRules.check(create, view::state) instanceof AuthVerdict.Denied denied) {
      return Step.refused(view.state, MatrixError.of(ErrorCode.FORBIDDEN, denied.message()));
    }
    view.apply(create);
    return build(drafts, view);
  }

  private Step build(List<EventDraft> drafts, View view) {
    for (EventDraft draft : drafts) {
      // The rules read the create event even where events do not list it.
      view.require(RoomKeys.CREATE);
      EventFactory.authorisedBy(view.version(), draft).forEach(view::require);
      if (draft.stateKey() != null) {
        view.require(new StateKey(draft.type(), draft.stateKey()));
      }
      if (!view.missing.isEmpty()) {
        return Step.NONE;
      }
      PduResult built = services.factory().next(roomId, view.state, draft);
      if (built instanceof PduResult.Refused refused) {
        return Step.refused(view.state, MalformedEvent.error(refused));
      }
      Pdu pdu = built.orThrow();
      AuthVerdict verdict = AuthRules.check(pdu, view::state);
      if (verdict instanceof AuthVerdict.Denied denied) {
        return Step.refused(view.state, MatrixError.of(ErrorCode.FORBIDDEN, denied.message()));
      }
      view.apply(pdu);
    }
    return new Step(view.state, view.applied, null);
  }

  private void carryOut(Pending pending, Step step) {
    RoomOutcome settled = step.outcome;
    if (settled != null) {
      settle(pending, settled);
      return;
    }
    List<Fact> facts = facts(pending.command, step.events);
    state = step.state;
    step.events.forEach(event -> inFlight.put(event.id(), event.pdu));
    Lane used = lane;
    Future<Appended> append = services.onShard(services.log().append(used, facts));
    lastAppend = append;
    append.onComplete(
        appended -> {
          step.events.forEach(event -> inFlight.remove(event.id()));
          if (appended.failed()) {
            uncertain = true;
            drop(used);
            pending.outcome.fail(appended.cause());
          } else {
            if (appended.result() instanceof Appended.Committed committed) {
              services.remember(facts, committed.first());
            }
            conclude(pending, step, appended.result(), used);
          }
        });
  }

  /** Without an event of its own, a command is done once what it was decided on is durable. */
  private void settle(Pending pending, RoomOutcome outcome) {
    if (inFlight.isEmpty()) {
      pending.outcome.complete(outcome);
      return;
    }
    Lane used = lane;
    lastAppend.onComplete(
        done -> {
          if (used.isBroken()) {
            drop(used);
            retry(pending);
          } else {
            pending.outcome.complete(outcome);
          }
        });
  }

  private void conclude(Pending pending, Step step, Appended appended, Lane used) {
    if (appended instanceof Appended.Committed) {
      pending.outcome.complete(new RoomOutcome.Done(step.lastEventId()));
    } else if (appended instanceof Appended.Conflict conflict) {
      drop(used);
      services.onShard(repeated(pending.command, conflict)).onComplete(pending.outcome);
    } else {
      drop(used);
      retry(pending);
    }
  }

  private void retry(Pending pending) {
    pending.tries++;
    if (pending.tries >= MAX_TRIES) {
      pending.outcome.fail(new Overloaded());
    } else {
      queue.add(pending);
      pump();
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

  private static List<Fact> facts(RoomCommand command, List<Built> events) {
    List<Fact> facts = new ArrayList<>();
    @Nullable Transaction transaction = command.transaction().orElse(null);
    for (Built event : events) {
      Pdu pdu = event.pdu;
      facts.add(new RoomEvent(pdu, transaction, redacts(pdu), event.replaces, false));
    }
    facts.addAll(command.facts());
    return facts;
  }

  /** What the event redacts. Other types may have a field of that name, which means nothing. */
  private static @Nullable String redacts(Pdu pdu) {
    return pdu.type().equals("m.room.redaction") ? pdu.redacts() : null;
  }

  /** A command on its way. */
  private static final class Pending {
    private final RoomCommand command;
    private final long number;
    private final Promise<RoomOutcome> outcome = Promise.promise();
    private final Map<String, Pdu> loaded = new HashMap<>();
    private int tries;

    Pending(RoomCommand command, long number) {
      this.command = command;
      this.number = number;
    }

    /** Its place among the room's commands, which it keeps when it is tried again. */
    long number() {
      return number;
    }

    Pending add(Map<String, KnownEvent> events, Set<String> asked) {
      events.forEach((id, event) -> loaded.put(id, event.pdu()));
      if (!events.keySet().containsAll(asked)) {
        throw new IllegalStateException("state of the room is not in the log: " + asked);
      }
      return this;
    }
  }

  /** What a decided command leads to: events, or an outcome without any. */
  private record Step(
      @Nullable RoomState state, List<Built> events, @Nullable RoomOutcome outcome) {
    private static final Step NONE = new Step(null, List.of(), null);

    static Step refused(RoomState state, MatrixError error) {
      return new Step(state, List.of(), new RoomOutcome.Refused(error));
    }

    String lastEventId() {
      return events.get(events.size() - 1).id();
    }
  }

  /** An event of this room, and the one whose piece of state it takes over. */
  private record Built(Pdu pdu, @Nullable String replaces) {
    String id() {
      return pdu.eventId();
    }
  }

  /** The room as one command sees it, with the events that it has led to so far. */
  private final class View implements RoomView {
    private final Map<String, Pdu> loaded;
    private final Set<String> missing;
    private final List<Built> applied = new ArrayList<>();
    private RoomState state;

    View(RoomState state, Map<String, Pdu> loaded, Set<String> missing) {
      this.state = state;
      this.loaded = loaded;
      this.missing = missing;
    }

    @Override
    public RoomVersion version() {
      return state.version();
    }

    @Override
    public @Nullable Pdu state(StateKey key) {
      return Optional.ofNullable(state.current().get(key)).map(this::event).orElse(null);
    }

    void require(StateKey key) {
      String eventId = state.current().get(key);
      if (eventId != null && event(eventId) == null) {
        missing.add(eventId);
      }
    }

    void apply(Pdu pdu) {
      String stateKey = pdu.stateKey();
      applied.add(
          new Built(
              pdu,
              stateKey == null ? null : state.current().get(new StateKey(pdu.type(), stateKey))));
      loaded.put(pdu.eventId(), pdu);
      state = state.after(pdu);
    }

    private @Nullable Pdu event(String eventId) {
      Pdu own = loaded.getOrDefault(eventId, inFlight.get(eventId));
      if (own != null) {
        return own;
      }
      KnownEvent cached = services.events().ifPresent(eventId);
      return cached == null ? null : cached.pdu();
    }
  }
}
