package dev.stele.stateres.auth;

import dev.stele.stateres.event.Pdu;
import java.util.Map;
import java.util.Set;

/** What becomes of a received event, or what must be known before that can be said. */
public sealed interface Receipt {

  /** The event is to be forgotten: its signatures are not valid. */
  record Dropped(String message) implements Receipt {}

  /**
   * The event may stand in the history, but is neither shown nor built upon, and is no state.
   *
   * @param pdu the event, redacted where its content does not match its hash
   */
  record Rejected(Pdu pdu, AuthReason reason, String message) implements Receipt {}

  /**
   * The event was right where it was sent, but is not right now: it takes part in state resolution,
   * and is neither shown nor built upon.
   *
   * @param pdu the event, redacted where its content does not match its hash
   */
  record SoftFailed(Pdu pdu, AuthReason reason, String message) implements Receipt {}

  /**
   * The event is right.
   *
   * @param pdu the event, redacted where its content does not match its hash
   */
  record Accepted(Pdu pdu) implements Receipt {}

  /**
   * Keys are missing; without them the event is to be dropped.
   *
   * @param keyIds by server, the ids of the keys
   */
  record NeedsKeys(Map<String, Set<String>> keyIds) implements Receipt {}

  /**
   * Auth events are missing; without them the event is to be rejected.
   *
   * @param eventIds their ids
   */
  record NeedsEvents(Set<String> eventIds) implements Receipt {}
}
