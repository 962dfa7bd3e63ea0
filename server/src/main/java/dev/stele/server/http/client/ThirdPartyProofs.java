package dev.stele.server.http.client;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.stele.api.ErrorCode;
import dev.stele.server.http.BadRequest;
import dev.stele.server.http.Body;
import dev.stele.server.identity.IdentityServers;
import dev.stele.stateres.event.EventHashes;
import dev.stele.stateres.event.Pdu;
import dev.stele.stateres.id.UserId;
import dev.stele.stateres.json.InvalidJson;
import dev.stele.stateres.sign.Base64Unpadded;
import dev.stele.stateres.sign.JsonSignatures;
import dev.stele.stateres.sign.Verifier;
import io.vertx.core.Future;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Checks what users bring along to be let in by a third-party invite: that an identity server has
 * signed it by a key of the invite, and stands by that key still. Thread-safe.
 */
final class ThirdPartyProofs {
  private static final int MAX_SIGNATURES = 20;
  private static final int MAX_KEYS = 20;

  private final String serverName;
  private final CurrentState state;
  private final IdentityServers servers;

  ThirdPartyProofs(String serverName, CurrentState state, IdentityServers servers) {
    this.serverName = serverName;
    this.state = state;
    this.servers = servers;
  }

  /** The proof that a request carries, or null. */
  static @Nullable ObjectNode read(Body body) {
    ObjectNode signed = body.object("third_party_signed");
    if (signed != null) {
      Body fields = new Body(signed);
      for (String user : List.of("sender", "mxid")) {
        if (!UserId.isValid(fields.requiredString(user))) {
          throw Identifiers.invalid(user + " of third_party_signed is no user id");
        }
      }
      String token = Identifiers.key("token", fields.requiredString("token"));
      if (token.isEmpty() || fields.requiredObject("signatures").isEmpty()) {
        throw Identifiers.invalid("third_party_signed has an empty token or no signatures");
      }
    }
    return signed;
  }

  /** Completes if the proof lets the user in, and fails with {@code M_FORBIDDEN} if not. */
  Future<Void> check(String roomId, String userId, ObjectNode signed) {
    if (!signed.path("mxid").asText().equals(userId)) {
      throw forbidden("The invite is for another user");
    }
    return state
        .piece(roomId, "m.room.third_party_invite", signed.path("token").asText())
        .compose(issued -> check(issued, signed));
  }

  private Future<Void> check(Optional<Pdu> found, ObjectNode signed) {
    Pdu issued = found.orElseThrow(() -> forbidden("The room has no such invite, or no longer"));
    if (!issued.sender().equals(signed.path("sender").asText())
        || !UserId.serverNameOf(issued.sender()).equals(serverName)) {
      throw forbidden("The invite was issued by somebody else");
    }
    Key key =
        signingKey(issued, signed).orElseThrow(() -> forbidden("The invite is not signed well"));
    return key.validityUrl() == null
        ? Future.succeededFuture()
        : servers
            .isValid(key.validityUrl(), key.publicKey())
            .map(
                answer -> {
                  if (!ThirdPartyInvites.told(answer)) {
                    throw forbidden("The key that has signed the invite is revoked");
                  }
                  return null;
                });
  }

  private static Optional<Key> signingKey(Pdu issued, ObjectNode signed) {
    byte[] message;
    try {
      message = JsonSignatures.signedBytes(signed, EventHashes.numbersOf(issued.version()));
    } catch (InvalidJson e) {
      return Optional.empty();
    }
    List<byte[]> signatures = signatures(signed);
    return keys(issued.content()).stream()
        .limit(MAX_KEYS)
        .filter(key -> key.hasSigned(message, signatures))
        .findFirst();
  }

  private static List<byte[]> signatures(ObjectNode signed) {
    List<byte[]> signatures = new ArrayList<>();
    for (JsonNode entity : signed.path("signatures")) {
      for (JsonNode signature : entity) {
        if (signature.isTextual() && signatures.size() < MAX_SIGNATURES) {
          Base64Unpadded.decode(signature.textValue()).ifPresent(signatures::add);
        }
      }
    }
    return signatures;
  }

  private static List<Key> keys(ObjectNode content) {
    List<Key> keys = new ArrayList<>();
    for (JsonNode key : content.path("public_keys")) {
      keys.add(Key.of(key));
    }
    keys.add(Key.of(content));
    return keys;
  }

  private static BadRequest forbidden(String message) {
    return new BadRequest(ErrorCode.FORBIDDEN, message);
  }

  private record Key(String publicKey, @Nullable String validityUrl) {
    static Key of(JsonNode node) {
      return new Key(node.path("public_key").asText(), node.path("key_validity_url").textValue());
    }

    boolean hasSigned(byte[] message, List<byte[]> signatures) {
      Optional<Verifier> verifier = Verifier.ofBase64(publicKey);
      return verifier.isPresent()
          && signatures.stream().anyMatch(each -> verifier.get().verify(message, each));
    }
  }
}
