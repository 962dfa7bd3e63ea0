package dev.stele.server.room;

import dev.stele.stateres.event.Pdu;
import dev.stele.stateres.event.StateKey;
import dev.stele.stateres.version.RoomVersion;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** The room as one command sees it, with the events that it has led to so far. */
final class CommandView implements RoomView {
  private final Function<String, @Nullable Pdu> events;
  private final Set<StateKey> unknown = new HashSet<>();
  private final Set<String> missing = new HashSet<>();
  private final Map<String, BuiltEvent> applied = new LinkedHashMap<>();

  /** What was found in memory: the rules ask for the same few events again and again. */
  private final Map<String, Pdu> found = new HashMap<>();

  private RoomState state;

  /**
   * @param events finds an event of the room in memory, or null
   */
  CommandView(RoomState state, Function<String, @Nullable Pdu> events) {
    this.state = state;
    this.events = events;
  }

  @Override
  public RoomVersion version() {
    return state.version();
  }

  @Override
  public @Nullable Pdu state(StateKey key) {
    String eventId = at(key);
    return eventId == null ? null : event(eventId);
  }

  /** The room after what was applied. */
  RoomState room() {
    return state;
  }

  /** What the command has led to, in order. */
  List<BuiltEvent> applied() {
    return List.copyOf(applied.values());
  }

  /** Whether nothing was asked for that has to be read first; if not, the view means nothing. */
  boolean isComplete() {
    return unknown.isEmpty() && missing.isEmpty();
  }

  /** The pieces of state that were asked for without it being known what holds them. */
  Set<StateKey> unknown() {
    return unknown;
  }

  /** The required events that are not in memory. */
  Set<String> missing() {
    return missing;
  }

  /** Says that a piece of state is about to be asked for. */
  void require(StateKey key) {
    String eventId = at(key);
    if (eventId != null) {
      requireEvent(eventId);
    }
  }

  /** Says that the reference hashes of the forward extremities are about to be asked for. */
  void requireExtremities() {
    state.extremities().forEach(this::requireEvent);
  }

  private @Nullable String at(StateKey key) {
    if (!state.knows(key)) {
      unknown.add(key);
    }
    return state.at(key);
  }

  private void requireEvent(String eventId) {
    if (event(eventId) == null) {
      missing.add(eventId);
    }
  }

  /** The reference hash of an event that was required. */
  String referenceHash(String eventId) {
    return Objects.requireNonNull(event(eventId)).referenceHash();
  }

  /** Goes on to the room after an event that its rules allow. */
  void apply(Pdu pdu) {
    String stateKey = pdu.stateKey();
    String replaced = stateKey == null ? null : state.at(new StateKey(pdu.type(), stateKey));
    applied.put(pdu.eventId(), new BuiltEvent(pdu, replaced));
    state = state.after(pdu);
  }

  private @Nullable Pdu event(String eventId) {
    BuiltEvent own = applied.get(eventId);
    return own == null ? found.computeIfAbsent(eventId, events) : own.pdu();
  }
}
