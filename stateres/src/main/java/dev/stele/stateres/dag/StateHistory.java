package dev.stele.stateres.dag;

import dev.stele.stateres.auth.AuthReason;
import dev.stele.stateres.auth.AuthRules;
import dev.stele.stateres.auth.AuthState;
import dev.stele.stateres.auth.AuthVerdict;
import dev.stele.stateres.event.EventSource;
import dev.stele.stateres.event.Pdu;
import dev.stele.stateres.resolve.StateMap;
import dev.stele.stateres.resolve.StateResolver;
import dev.stele.stateres.version.RoomVersion;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The state of a room at each of its events. Events are added one after the other, those before an
 * event first; each is held to the authorisation rules by its own auth events and by the state
 * before it, and one that fails is kept, but changes no state. What the states of neighbours have
 * in common they share. Not for use by several threads.
 */
public final class StateHistory implements EventSource {
  private final RoomVersion version;
  private final Map<String, Pdu> events = new HashMap<>();
  private final Map<String, StateMap<String>> after = new HashMap<>();
  private final Map<String, AuthVerdict> verdicts = new HashMap<>();

  /** The history of a room without events. */
  public StateHistory(RoomVersion version) {
    this.version = version;
  }

  /**
   * Adds an event.
   *
   * @return whether the rules allow it; adding an event again tells what it told before
   * @throws IllegalArgumentException if an event that came before it was not added
   */
  public AuthVerdict add(Pdu event) {
    AuthVerdict known = verdicts.get(event.eventId());
    if (known != null) {
      return known;
    }
    StateMap<String> before = before(event.prevEvents());
    events.put(event.eventId(), event);
    AuthVerdict verdict = AuthRules.checkAgainstAuthEvents(event, this);
    if (verdict.isAllowed()) {
      verdict = AuthRules.check(event, authState(before));
    }
    verdicts.put(event.eventId(), verdict);
    boolean changes = event.isState() && verdict.isAllowed();
    after.put(event.eventId(), changes ? before.put(event.key(), event.eventId()) : before);
    return verdict;
  }

  /**
   * The state before an event that follows these: the resolution of the states after them.
   *
   * @throws IllegalArgumentException if one was not added
   */
  public StateMap<String> before(List<String> prevEvents) {
    var states = new ArrayList<StateMap<String>>(prevEvents.size());
    for (String id : prevEvents) {
      states.add(after(id));
    }
    return states.size() == 1 ? states.get(0) : StateResolver.resolve(version, states, this);
  }

  /**
   * The state after an event.
   *
   * @throws IllegalArgumentException if it was not added
   */
  public StateMap<String> after(String eventId) {
    StateMap<String> state = after.get(eventId);
    if (state == null) {
      throw new IllegalArgumentException("eventId: " + eventId + " (expected: an event added)");
    }
    return state;
  }

  /** Whether the event was added. */
  public boolean contains(String eventId) {
    return events.containsKey(eventId);
  }

  /** The events of a state, as the rules want them. */
  public AuthState authState(StateMap<String> state) {
    return key -> {
      String id = state.get(key);
      return id == null ? null : events.get(id);
    };
  }

  @Override
  public @Nullable Pdu get(String eventId) {
    return events.get(eventId);
  }

  /** Whether the rules denied the event, whatever the {@link AuthReason}. */
  @Override
  public boolean isRejected(String eventId) {
    AuthVerdict verdict = verdicts.get(eventId);
    return verdict != null && !verdict.isAllowed();
  }
}
