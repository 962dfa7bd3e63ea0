package dev.stele.stateres.event;

import com.fasterxml.jackson.databind.JsonNode;
import dev.stele.stateres.id.UserId;
import dev.stele.stateres.sign.JsonSignatures;
import dev.stele.stateres.sign.KeyRing;
import dev.stele.stateres.sign.VerifyKey;
import dev.stele.stateres.version.EventIdFormat;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * The signatures that an event must carry. They are made over its redacted form.
 *
 * @see <a
 *     href="https://spec.matrix.org/v1.19/server-server-api/#validating-hashes-and-signatures-on-received-events">Validating
 *     hashes and signatures</a>
 */
public final class EventSignatures {
  private EventSignatures() {}

  /**
   * The servers that must have signed: the sender's, unless the event redeems a third-party invite;
   * in versions 1 and 2 the one that the event id names; from version 8 that of the user who
   * authorised a restricted join.
   */
  public static Set<String> requiredServers(Pdu pdu) {
    Set<String> servers = originServers(pdu);
    if (pdu.version().restrictedJoins() && pdu.type().equals(EventType.MEMBER)) {
      String authoriser = pdu.contentText("join_authorised_via_users_server");
      if (authoriser != null) {
        servers.add(UserId.serverNameOf(authoriser));
      }
    }
    return servers;
  }

  /** The servers without whose signatures an event is dropped, rather than rejected. */
  public static Set<String> originServers(Pdu pdu) {
    var servers = new LinkedHashSet<String>();
    if (!isThirdPartyInvite(pdu)) {
      servers.add(UserId.serverNameOf(pdu.sender()));
    }
    if (pdu.version().eventIdFormat() == EventIdFormat.GIVEN) {
      servers.add(UserId.serverNameOf(pdu.eventId()));
    }
    return servers;
  }

  private static boolean isThirdPartyInvite(Pdu pdu) {
    JsonNode invite = pdu.content().get("third_party_invite");
    return invite != null
        && pdu.type().equals(EventType.MEMBER)
        && "invite".equals(pdu.contentText("membership"));
  }

  /** What every signature of the event covers. */
  public static byte[] signedBytes(Pdu pdu) {
    return EventHashes.essentialBytes(pdu.version(), pdu.redactedJson());
  }

  /**
   * Whether every required server has signed. Of each, the signatures by known keys that had not
   * expired when the event was sent must all be valid, and there must be one; others are skipped.
   * The origin comes first: while its keys are missing, nothing is said against the others.
   */
  public static SignatureCheck check(Pdu pdu, KeyRing keys) {
    byte[] message = signedBytes(pdu);
    var missing = new LinkedHashMap<String, Set<String>>();
    for (String server : requiredServers(pdu)) {
      SignatureCheck check = check(pdu, server, keys, message);
      if (check instanceof SignatureCheck.KeysMissing found) {
        missing.putAll(found.keyIds());
      } else if (check instanceof SignatureCheck.Invalid && missing.isEmpty()) {
        return check;
      }
    }
    return missing.isEmpty()
        ? SignatureCheck.Valid.INSTANCE
        : new SignatureCheck.KeysMissing(missing);
  }

  private static SignatureCheck check(Pdu pdu, String server, KeyRing keys, byte[] message) {
    List<String> keyIds = JsonSignatures.keyIdsOf(pdu.json(), server);
    if (keyIds.isEmpty()) {
      return new SignatureCheck.Invalid(server, server + " has not signed");
    }
    boolean known = false;
    for (String keyId : keyIds) {
      VerifyKey key = keys.find(server, keyId);
      if (key == null || isExpired(pdu, key)) {
        continue;
      }
      known = true;
      if (!isSigned(pdu, server, keyId, key, message)) {
        return new SignatureCheck.Invalid(server, "the signature by " + keyId + " is wrong");
      }
    }
    return known
        ? SignatureCheck.Valid.INSTANCE
        : new SignatureCheck.KeysMissing(Map.of(server, new TreeSet<>(keyIds)));
  }

  private static boolean isExpired(Pdu pdu, VerifyKey key) {
    return pdu.version().enforceKeyValidity() && key.validUntilTs() < pdu.originServerTs();
  }

  private static boolean isSigned(
      Pdu pdu, String server, String keyId, VerifyKey key, byte[] message) {
    return JsonSignatures.signatureOf(pdu.json(), server, keyId)
        .filter(signature -> key.verifier().verify(message, signature))
        .isPresent();
  }
}
