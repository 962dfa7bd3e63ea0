package dev.stele.stateres.auth;

import static dev.stele.stateres.auth.AuthVerdict.deny;

import dev.stele.stateres.event.EventSource;
import dev.stele.stateres.event.EventType;
import dev.stele.stateres.event.Pdu;
import dev.stele.stateres.event.StateKey;
import java.util.HashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Rules 2 and 3: what an event may list as its auth events. */
final class AuthEventsRules {
  private final Pdu event;
  private final EventSource events;
  private final Set<StateKey> selected;
  private final Set<StateKey> seen = new HashSet<>();

  AuthEventsRules(Pdu event, EventSource events) {
    this.event = event;
    this.events = events;
    this.selected = AuthEventTypes.select(event);
  }

  AuthVerdict check() {
    // 2. From version 12: the room id must name an accepted create event.
    if (event.version().roomIdIsCreateHash() && !isAcceptedCreate(AuthRules.createIdOf(event))) {
      return deny(AuthReason.CREATE_MISSING, "the room id names no accepted create event");
    }
    for (String id : event.authEvents()) {
      AuthVerdict verdict = checkEntry(id, events.get(id));
      if (!verdict.isAllowed()) {
        return verdict;
      }
    }
    // 3.4. Until version 11: if there is no m.room.create event among the entries, reject.
    if (!event.version().roomIdIsCreateHash() && !seen.contains(StateKey.CREATE)) {
      return deny(AuthReason.AUTH_EVENTS_WITHOUT_CREATE, "no create event among the auth events");
    }
    return AuthVerdict.allow();
  }

  private AuthVerdict checkEntry(String id, @Nullable Pdu entry) {
    if (entry == null) {
      return deny(AuthReason.AUTH_EVENT_MISSING, "auth event " + id + " is not known");
    }
    // 3.1. Duplicate entries for a type and state key.
    if (entry.isState() && !seen.add(entry.key())) {
      return deny(AuthReason.AUTH_EVENTS_DUPLICATE, "two auth events for " + entry.key());
    }
    // 3.2. Entries that the selection algorithm does not select.
    if (!entry.isState() || !selected.contains(entry.key())) {
      return deny(AuthReason.AUTH_EVENT_NOT_SELECTED, "auth event " + id + " is of no use");
    }
    // 3.3. Entries that were themselves rejected.
    if (events.isRejected(id)) {
      return deny(AuthReason.AUTH_EVENT_REJECTED, "auth event " + id + " was rejected");
    }
    // 3.5. Entries of another room.
    if (!entry.roomId().equals(event.roomId())) {
      return deny(AuthReason.AUTH_EVENT_OF_OTHER_ROOM, "auth event " + id + " is of another room");
    }
    return AuthVerdict.allow();
  }

  private boolean isAcceptedCreate(String id) {
    Pdu create = events.get(id);
    return create != null && create.type().equals(EventType.CREATE) && !events.isRejected(id);
  }
}
