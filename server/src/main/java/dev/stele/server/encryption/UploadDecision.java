package dev.stele.server.encryption;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.stele.api.ErrorCode;
import dev.stele.api.Limits;
import dev.stele.api.MatrixError;
import dev.stele.eventstore.Claim;
import dev.stele.server.projection.CrossSigningRow;
import dev.stele.server.projection.DeviceKeyState;
import dev.stele.server.projection.KeyIds;
import dev.stele.server.record.Claims;
import dev.stele.server.record.DeviceKeysUploaded;
import dev.stele.server.record.Fact;
import dev.stele.server.record.FallbackKeysUploaded;
import dev.stele.server.record.KeySignature;
import dev.stele.server.record.KeySignaturesUploaded;
import dev.stele.server.record.KeysClaimed.ClaimedKey;
import dev.stele.server.record.OneTimeKeysUploaded;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Decides what a {@link KeyUpload} of good form leads to. Verifies signatures: takes its time. */
final class UploadDecision {
  private final String userId;
  private final String deviceId;
  private final KeyUpload upload;
  private final Known known;

  UploadDecision(String userId, String deviceId, KeyUpload upload, Known known) {
    this.userId = userId;
    this.deviceId = deviceId;
    this.upload = upload;
    this.known = known;
  }

  /**
   * What the decision depends on.
   *
   * @param device what the device has published
   * @param crossSigningKeys the user's cross-signing keys
   * @param spent those of the one-time keys' claims that are held: they were handed out before
   */
  record Known(DeviceKeyState device, List<CrossSigningRow> crossSigningKeys, Set<Claim> spent) {}

  /** Why nothing of the upload can be stored; empty if all can. */
  Optional<MatrixError> complaint() {
    return deviceKeysComplaint()
        .or(this::conflict)
        .or(this::overflow)
        .or(this::oneTimeKeySignatures);
  }

  private Optional<MatrixError> deviceKeysComplaint() {
    ObjectNode keys = upload.deviceKeys();
    if (keys == null) {
      return Optional.empty();
    }
    if (known.crossSigningKeys.stream().anyMatch(key -> key.publicKey().equals(deviceId))) {
      return Refusals.of(ErrorCode.FORBIDDEN, "The device has the id of a cross-signing key");
    }
    return DeviceKeys.complaint(keys, userId, deviceId)
        .or(() -> known.device.keys().flatMap(row -> DeviceKeys.conflict(row.keys(), keys)))
        .or(() -> crossSignature(keys));
  }

  /** A device's keys may come with the signature of the self-signing key. */
  private Optional<MatrixError> crossSignature(ObjectNode keys) {
    return selfSigningKey()
        .filter(key -> !signatureBy(keys, key).isEmpty())
        .filter(key -> !PublicKeys.signed(keys, userId, id(key), key.publicKey()))
        .flatMap(key -> Refusals.badSignature("The signature of the self-signing key is wrong"));
  }

  private Optional<MatrixError> conflict() {
    for (Map.Entry<String, JsonNode> key : upload.oneTimeKeys().properties()) {
      JsonNode before = known.device.oneTimeKeys().get(key.getKey());
      if (before != null && !PublicKeys.same(before, key.getValue())) {
        return Refusals.invalid("The device has another one-time key " + key.getKey());
      }
    }
    return Optional.empty();
  }

  private Optional<MatrixError> overflow() {
    int stored = known.device.counts().oneTimeKeys().values().stream().mapToInt(n -> n).sum();
    return stored + newOneTimeKeys().size() > Limits.MAX_ONE_TIME_KEYS
        ? Refusals.tooLarge("A device has at most " + Limits.MAX_ONE_TIME_KEYS + " one-time keys")
        : Optional.empty();
  }

  private Optional<MatrixError> oneTimeKeySignatures() {
    ObjectNode oneTime = upload.oneTimeKeys();
    ObjectNode fallback = upload.fallbackKeys();
    if (!OneTimeKeys.areSigned(oneTime) && !OneTimeKeys.areSigned(fallback)) {
      return Optional.empty();
    }
    Optional<ObjectNode> deviceKeys =
        Optional.ofNullable(upload.deviceKeys())
            .or(() -> known.device.keys().map(row -> row.keys()));
    if (deviceKeys.isEmpty()) {
      return Refusals.of(
          ErrorCode.MISSING_PARAM, "Missing: device_keys, by which signed keys are verified");
    }
    String ed25519 = DeviceKeys.ed25519(deviceKeys.get(), deviceId);
    return OneTimeKeys.signatures(oneTime, userId, deviceId, ed25519)
        .or(() -> OneTimeKeys.signatures(fallback, userId, deviceId, ed25519));
  }

  /** What is new; empty if the device has published all of it before. */
  List<Fact> facts() {
    List<Fact> facts = new ArrayList<>();
    ObjectNode keys = upload.deviceKeys();
    if (keys != null && isNew(keys)) {
      facts.add(
          new DeviceKeysUploaded(
              userId,
              deviceId,
              PublicKeys.withOnlySignature(keys, userId, PublicKeys.ED25519 + deviceId)));
      selfSigningKey().ifPresent(key -> addSignature(facts, keys, key));
    }
    ObjectNode oneTime = newOneTimeKeys();
    if (!oneTime.isEmpty()) {
      facts.add(new OneTimeKeysUploaded(userId, deviceId, oneTime));
    }
    ObjectNode fallback = newFallbackKeys();
    if (!fallback.isEmpty()) {
      facts.add(new FallbackKeysUploaded(userId, deviceId, fallback));
    }
    return facts;
  }

  /** How many one-time keys the device has once the facts are stored. */
  Map<String, Integer> counts() {
    Map<String, Integer> counts = known.device.counts().oneTimeKeys();
    newOneTimeKeys()
        .fieldNames()
        .forEachRemaining(id -> counts.merge(KeyIds.algorithm(id), 1, Integer::sum));
    return counts;
  }

  private boolean isNew(ObjectNode keys) {
    return known.device.keys().filter(row -> PublicKeys.same(row.keys(), keys)).isEmpty();
  }

  private void addSignature(List<Fact> facts, ObjectNode keys, CrossSigningRow key) {
    String signature = signatureBy(keys, key);
    if (!signature.isEmpty()) {
      facts.add(
          new KeySignaturesUploaded(
              userId, List.of(new KeySignature(userId, deviceId, id(key), signature))));
    }
  }

  private String signatureBy(ObjectNode keys, CrossSigningRow key) {
    return keys.path("signatures").path(userId).path(id(key)).asText();
  }

  private Optional<CrossSigningRow> selfSigningKey() {
    return known.crossSigningKeys.stream()
        .filter(key -> key.usage().equals(CrossSigningRow.SELF_SIGNING))
        .findFirst();
  }

  private static String id(CrossSigningRow key) {
    return PublicKeys.ED25519 + key.publicKey();
  }

  private ObjectNode newOneTimeKeys() {
    ObjectNode added = JsonNodeFactory.instance.objectNode();
    for (Map.Entry<String, JsonNode> key : upload.oneTimeKeys().properties()) {
      if (!known.device.oneTimeKeys().containsKey(key.getKey())
          && !known.spent.contains(claim(userId, deviceId, key))) {
        added.set(key.getKey(), key.getValue());
      }
    }
    return added;
  }

  /** A fallback key that is there already stays as it is: used, if it was used. */
  private ObjectNode newFallbackKeys() {
    ObjectNode added = JsonNodeFactory.instance.objectNode();
    for (Map.Entry<String, JsonNode> key : upload.fallbackKeys().properties()) {
      JsonNode before = known.device.fallbackKeys().get(key.getKey());
      if (before == null || !PublicKeys.same(before, key.getValue())) {
        added.set(key.getKey(), key.getValue());
      }
    }
    return added;
  }

  /** What is held once a one-time key was handed out. */
  static Claim claim(String userId, String deviceId, Map.Entry<String, JsonNode> key) {
    return Claims.oneTimeKey(
        userId, new ClaimedKey(deviceId, key.getKey(), 0, KeyIds.digest(key.getValue())));
  }
}
