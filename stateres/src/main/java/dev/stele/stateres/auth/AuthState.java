package dev.stele.stateres.auth;

import dev.stele.stateres.event.Pdu;
import dev.stele.stateres.event.StateKey;
import org.jspecify.annotations.Nullable;

/**
 * The state against which an event is authorised. It always has the create event, in room version
 * 12 too, where events do not list it.
 */
@FunctionalInterface
public interface AuthState {
  /** The state event at a key; null when there is none. */
  @Nullable Pdu get(StateKey key);
}
