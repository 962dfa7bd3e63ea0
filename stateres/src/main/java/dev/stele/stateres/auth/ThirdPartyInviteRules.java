package dev.stele.stateres.auth;

import static dev.stele.stateres.auth.AuthVerdict.allow;
import static dev.stele.stateres.auth.AuthVerdict.deny;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.stele.stateres.event.EventHashes;
import dev.stele.stateres.event.EventType;
import dev.stele.stateres.event.Pdu;
import dev.stele.stateres.event.StateKey;
import dev.stele.stateres.json.InvalidJson;
import dev.stele.stateres.sign.Base64Unpadded;
import dev.stele.stateres.sign.JsonSignatures;
import dev.stele.stateres.sign.Verifier;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Rule 5.4.1: an invite that redeems a third-party invite. */
final class ThirdPartyInviteRules {
  /** How many pairs of signature and key are tried: two 64 kB events could ask for 400,000. */
  private static final int MAX_CHECKS = 256;

  private final AuthContext context;
  private final String target;

  ThirdPartyInviteRules(AuthContext context, String target) {
    this.context = context;
    this.target = target;
  }

  AuthVerdict check() {
    // 5.4.1.1. If target user is banned, reject.
    if (context.membership(target).equals("ban")) {
      return deny(AuthReason.THIRD_PARTY_INVITE_OF_BANNED, target + " is banned");
    }
    // 5.4.1.2. If content.third_party_invite does not have a signed property, reject.
    JsonNode invite = context.event().content().path("third_party_invite");
    if (!(invite.get("signed") instanceof ObjectNode signed)) {
      return deny(AuthReason.THIRD_PARTY_INVITE_MALFORMED, "nothing signed");
    }
    // 5.4.1.3. If signed does not have mxid and token properties, reject.
    String mxid = signed.path("mxid").textValue();
    String token = signed.path("token").textValue();
    if (mxid == null || token == null) {
      return deny(AuthReason.THIRD_PARTY_INVITE_MALFORMED, "no mxid or no token");
    }
    // 5.4.1.4. If mxid does not match state_key, reject.
    if (!mxid.equals(target)) {
      return deny(AuthReason.THIRD_PARTY_INVITE_OF_OTHER_USER, "the invite is for " + mxid);
    }
    // 5.4.1.5. If there is no m.room.third_party_invite event with that token, reject.
    Pdu issued = context.state().get(new StateKey(EventType.THIRD_PARTY_INVITE, token));
    if (issued == null) {
      return deny(AuthReason.THIRD_PARTY_INVITE_UNKNOWN, "the room has no such invite");
    }
    // 5.4.1.6. If sender does not match sender of the m.room.third_party_invite, reject.
    if (!issued.sender().equals(context.sender())) {
      return deny(AuthReason.THIRD_PARTY_INVITE_BY_OTHER_USER, "issued by " + issued.sender());
    }
    // 5.4.1.7. If any signature in signed matches any public key, allow.
    // 5.4.1.8. Otherwise, reject.
    return isSigned(signed, keysOf(issued))
        ? allow()
        : deny(AuthReason.THIRD_PARTY_INVITE_NOT_SIGNED, "no valid signature");
  }

  private boolean isSigned(ObjectNode signed, List<String> keys) {
    byte[] message;
    try {
      message = JsonSignatures.signedBytes(signed, EventHashes.numbersOf(context.version()));
    } catch (InvalidJson e) {
      return false;
    }
    int checks = 0;
    for (byte[] signature : signaturesOf(signed)) {
      for (String key : keys) {
        if (++checks > MAX_CHECKS) {
          return false;
        }
        if (verifies(key, message, signature)) {
          return true;
        }
      }
    }
    return false;
  }

  private static boolean verifies(String key, byte[] message, byte[] signature) {
    return Verifier.ofBase64(key).filter(v -> v.verify(message, signature)).isPresent();
  }

  private static List<byte[]> signaturesOf(ObjectNode signed) {
    var signatures = new ArrayList<byte[]>();
    for (JsonNode entity : signed.path("signatures")) {
      for (Map.Entry<String, JsonNode> entry : entity.properties()) {
        if (entry.getKey().startsWith("ed25519:") && entry.getValue().isTextual()) {
          Base64Unpadded.decode(entry.getValue().textValue()).ifPresent(signatures::add);
        }
      }
    }
    return signatures;
  }

  private static List<String> keysOf(Pdu issued) {
    var keys = new ArrayList<String>();
    addKey(keys, issued.content().path("public_key"));
    for (JsonNode entry : issued.content().path("public_keys")) {
      addKey(keys, entry.path("public_key"));
    }
    return keys;
  }

  private static void addKey(List<String> keys, JsonNode key) {
    if (key.isTextual()) {
      keys.add(key.textValue());
    }
  }
}
