package dev.stele.stateres.event;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.stele.stateres.json.CanonicalJson;
import dev.stele.stateres.json.CanonicalJson.Numbers;
import dev.stele.stateres.sign.Base64Unpadded;
import dev.stele.stateres.version.EventIdFormat;
import dev.stele.stateres.version.RoomVersion;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.Set;

/**
 * The hashes of an event.
 *
 * @see <a href="https://spec.matrix.org/v1.19/server-server-api/#signing-events">Signing Events</a>
 */
public final class EventHashes {
  static final Set<String> NOT_IN_CONTENT_HASH = Set.of("unsigned", "signatures", "hashes");
  static final Set<String> NOT_IN_REFERENCE_HASH = Set.of("unsigned", "signatures");

  /** Never fed, only cloned, which is cheaper than to look for a provider each time. */
  private static final MessageDigest SHA256 = sha256();

  private EventHashes() {}

  /**
   * The SHA-256 hash of the full event, as stands in {@code hashes.sha256}.
   *
   * @throws dev.stele.stateres.json.InvalidJson if the event has no Canonical JSON
   */
  public static byte[] contentHash(RoomVersion version, ObjectNode event) {
    return sha256(CanonicalJson.encodeWithout(event, NOT_IN_CONTENT_HASH, numbersOf(version)));
  }

  /**
   * The SHA-256 hash of the redacted event, from which event ids are made.
   *
   * @throws dev.stele.stateres.json.InvalidJson if the event has no Canonical JSON
   */
  public static byte[] referenceHash(RoomVersion version, ObjectNode event) {
    return sha256(essentialBytes(version, Redaction.redact(version, event)));
  }

  /** What the reference hash and every signature of a redacted event cover. */
  static byte[] essentialBytes(RoomVersion version, ObjectNode redacted) {
    return CanonicalJson.encodeWithout(redacted, NOT_IN_REFERENCE_HASH, numbersOf(version));
  }

  /** The event id that belongs to a reference hash, in versions where one does. */
  public static String eventId(RoomVersion version, byte[] referenceHash) {
    return "$"
        + (version.eventIdFormat() == EventIdFormat.URL_SAFE_HASH
            ? Base64Unpadded.encodeUrlSafe(referenceHash)
            : Base64Unpadded.encode(referenceHash));
  }

  /** Whether an event claims this content hash. */
  public static boolean claims(ObjectNode event, byte[] contentHash) {
    JsonNode claimed = event.path("hashes").path("sha256");
    return claimed.isTextual()
        && Base64Unpadded.decode(claimed.textValue())
            .filter(hash -> Arrays.equals(hash, contentHash))
            .isPresent();
  }

  /** How this version holds numbers to Canonical JSON. */
  public static Numbers numbersOf(RoomVersion version) {
    return version.strictCanonicalJson() ? Numbers.STRICT : Numbers.LENIENT;
  }

  static byte[] sha256(byte[] bytes) {
    try {
      return ((MessageDigest) SHA256.clone()).digest(bytes);
    } catch (CloneNotSupportedException e) {
      throw new IllegalStateException("the SHA-256 of this JVM cannot be cloned", e);
    }
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JVM has SHA-256", e);
    }
  }
}
