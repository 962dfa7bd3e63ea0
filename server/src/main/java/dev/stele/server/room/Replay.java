package dev.stele.server.room;

import com.fasterxml.jackson.databind.JsonNode;
import dev.stele.stateres.auth.AuthRules;
import dev.stele.stateres.auth.AuthVerdict;
import dev.stele.stateres.event.EventSource;
import dev.stele.stateres.event.Pdu;
import dev.stele.stateres.resolve.StateMap;
import dev.stele.stateres.resolve.StateResolver;
import dev.stele.stateres.version.RoomVersion;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A room as far as its events have been seen: what state its latest ones lead to. An event may
 * refer to any of those, as the events of several servers do which are made at the same time; the
 * state before it is then resolved from theirs. Not thread-safe.
 */
final class Replay {
  /** How many events back an event may refer to, besides the forward extremities. */
  private static final int LATEST = 100;

  private final RoomVersion version;
  private final EventSource older;

  /** The state after each of the latest events, oldest first. */
  private final LinkedHashMap<String, StateMap<String>> states = new LinkedHashMap<>();

  private final Map<String, Pdu> extremities = new HashMap<>();

  /** The events of the state that the last event led to; others are looked up. */
  private final Map<String, Pdu> stateEvents = new HashMap<>();

  /**
   * @param older finds the events of the log that are not kept here
   */
  Replay(RoomVersion version, EventSource older) {
    this.version = version;
    this.older = older;
  }

  /** Takes the next event, and says what is wrong with its place, or null if nothing is. */
  @Nullable String take(Pdu pdu) {
    List<String> prevEvents = pdu.prevEvents();
    boolean follows =
        prevEvents.isEmpty() ? states.isEmpty() : states.keySet().containsAll(prevEvents);
    StateMap<String> before = follows ? resolved(prevEvents) : latest();
    String problem = follows ? problem(pdu, before) : "it does not follow the events before it";
    add(pdu, before);
    return problem;
  }

  private StateMap<String> latest() {
    return resolved(List.copyOf(extremities.keySet()));
  }

  private StateMap<String> resolved(List<String> eventIds) {
    List<StateMap<String>> all =
        eventIds.stream().map(states::get).filter(Objects::nonNull).toList();
    return StateResolver.resolve(version, all, this::find);
  }

  private @Nullable String problem(Pdu pdu, StateMap<String> before) {
    if (pdu.version().eventReferencesCarryHashes()
        && !(hasTrueHashes(pdu, "prev_events") && hasTrueHashes(pdu, "auth_events"))) {
      return "it refers to an event by a hash that is not that event's";
    }
    AuthVerdict verdict =
        AuthRules.check(
            pdu,
            key -> {
              String eventId = before.get(key);
              return eventId == null ? null : find(eventId);
            });
    return verdict instanceof AuthVerdict.Denied denied
        ? "it is not allowed: " + denied.message()
        : null;
  }

  private boolean hasTrueHashes(Pdu pdu, String references) {
    for (JsonNode reference : pdu.json().path(references)) {
      Pdu event = find(reference.path(0).asText());
      String hash = reference.path(1).path("sha256").asText();
      if (event == null || !event.referenceHash().equals(hash)) {
        return false;
      }
    }
    return true;
  }

  private @Nullable Pdu find(String eventId) {
    Pdu known = stateEvents.get(eventId);
    Pdu extremity = known == null ? extremities.get(eventId) : known;
    return extremity == null ? older.get(eventId) : extremity;
  }

  private void add(Pdu pdu, StateMap<String> before) {
    StateMap<String> after = before;
    if (pdu.isState()) {
      String replaced = before.get(pdu.key());
      if (replaced != null) {
        stateEvents.remove(replaced);
      }
      stateEvents.put(pdu.eventId(), pdu);
      after = before.put(pdu.key(), pdu.eventId());
    }
    pdu.prevEvents().forEach(extremities::remove);
    extremities.put(pdu.eventId(), pdu);
    states.put(pdu.eventId(), after);
    forget();
  }

  private void forget() {
    Iterator<String> oldest = states.keySet().iterator();
    for (int tooMany = states.size() - extremities.size() - LATEST; tooMany > 0; ) {
      if (!extremities.containsKey(oldest.next())) {
        oldest.remove();
        tooMany--;
      }
    }
  }
}
