package dev.stele.stateres.auth;

import dev.stele.stateres.event.EventSignatures;
import dev.stele.stateres.event.EventSource;
import dev.stele.stateres.event.EventType;
import dev.stele.stateres.event.Pdu;
import dev.stele.stateres.event.SignatureCheck;
import dev.stele.stateres.sign.KeyRing;
import java.util.Set;
import java.util.TreeSet;

/**
 * The checks of a received event, without I/O: what is missing is asked of the caller, who gets it
 * and asks again. Check 1, that the event is well formed, is {@link Pdu#parse}; check 7, the policy
 * server's, is the caller's.
 *
 * @see <a
 *     href="https://spec.matrix.org/v1.19/server-server-api/#checks-performed-on-receipt-of-a-pdu">Checks
 *     performed on receipt of a PDU</a>
 */
public final class ReceiptChecks {
  private ReceiptChecks() {}

  /**
   * All checks in their order.
   *
   * @param events knows the event's auth events, or says which it lacks
   * @param before the state before the event
   * @param current the room's current state
   */
  public static Receipt check(
      Pdu pdu, KeyRing keys, EventSource events, AuthState before, AuthState current) {
    Receipt own = checkAlone(pdu, keys, events);
    return own instanceof Receipt.Accepted accepted
        ? checkInRoom(accepted.pdu(), before, current)
        : own;
  }

  /**
   * Checks 2 to 4, which need no state of the room: signatures, content hash, and the event's own
   * auth events. An outlier is done with these.
   */
  public static Receipt checkAlone(Pdu received, KeyRing keys, EventSource events) {
    // 2. Passes signature checks, otherwise it is dropped.
    SignatureCheck signatures = EventSignatures.check(received, keys);
    if (signatures instanceof SignatureCheck.KeysMissing missing) {
      return new Receipt.NeedsKeys(missing.keyIds());
    }
    // 3. Passes hash checks, otherwise it is redacted before being processed further.
    Pdu pdu = received.hasValidContentHash() ? received : received.redactedPdu();
    if (signatures instanceof SignatureCheck.Invalid invalid) {
      return unsigned(pdu, invalid);
    }
    Set<String> missing = missingAuthEvents(pdu, events);
    if (!missing.isEmpty()) {
      return new Receipt.NeedsEvents(missing);
    }
    // 4. Passes authorisation rules based on the event's auth events, otherwise it is rejected.
    AuthVerdict verdict = AuthRules.checkAgainstAuthEvents(pdu, events);
    return verdict instanceof AuthVerdict.Denied denied
        ? new Receipt.Rejected(pdu, denied.reason(), denied.message())
        : new Receipt.Accepted(pdu);
  }

  /** A missing signature is one of check 2, or that of authorisation rule 5.2. */
  private static Receipt unsigned(Pdu pdu, SignatureCheck.Invalid invalid) {
    return EventSignatures.originServers(pdu).contains(invalid.serverName())
        ? new Receipt.Dropped(invalid.message())
        : new Receipt.Rejected(pdu, AuthReason.MEMBER_AUTHORISER_NOT_SIGNED, invalid.message());
  }

  /** Checks 5 and 6, of an event that has passed those before. */
  public static Receipt checkInRoom(Pdu pdu, AuthState before, AuthState current) {
    // 5. Passes authorisation rules based on the state before the event, otherwise it is rejected.
    if (AuthRules.check(pdu, before) instanceof AuthVerdict.Denied denied) {
      return new Receipt.Rejected(pdu, denied.reason(), denied.message());
    }
    // 6. Passes authorisation rules based on the current state, otherwise it is soft failed.
    if (AuthRules.check(pdu, current) instanceof AuthVerdict.Denied denied) {
      return new Receipt.SoftFailed(pdu, denied.reason(), denied.message());
    }
    return new Receipt.Accepted(pdu);
  }

  private static Set<String> missingAuthEvents(Pdu pdu, EventSource events) {
    var missing = new TreeSet<String>();
    for (String id : pdu.authEvents()) {
      if (events.get(id) == null) {
        missing.add(id);
      }
    }
    boolean create = pdu.type().equals(EventType.CREATE);
    if (pdu.version().roomIdIsCreateHash() && !create) {
      String id = AuthRules.createIdOf(pdu);
      if (events.get(id) == null) {
        missing.add(id);
      }
    }
    return missing;
  }
}
