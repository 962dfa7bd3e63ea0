package dev.stele.server.encryption;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.stele.api.ErrorCode;
import dev.stele.api.MatrixError;
import dev.stele.server.projection.CrossSigningRow;
import dev.stele.server.projection.DeviceKeyRow;
import dev.stele.server.record.CrossSigningKeysUploaded;
import dev.stele.server.record.Fact;
import dev.stele.server.record.KeySignature;
import dev.stele.server.record.KeySignaturesUploaded;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Decides what a {@link CrossSigningUpload} of good form leads to. Verifies signatures: takes its
 * time.
 */
final class CrossSigningDecision {
  private final String userId;
  private final Map<String, ObjectNode> uploaded;
  private final Map<String, ObjectNode> before = new HashMap<>();
  private final Set<String> deviceIds;
  private final OwnKeys devices;

  /**
   * @param before the user's keys
   * @param devices the keys of the user's devices
   * @param deviceIds all devices of the user, also those that have no keys
   */
  CrossSigningDecision(
      String userId,
      CrossSigningUpload upload,
      List<CrossSigningRow> before,
      List<DeviceKeyRow> devices,
      Set<String> deviceIds) {
    this.userId = userId;
    this.uploaded = upload.keys();
    before.forEach(row -> this.before.put(row.usage(), row.key()));
    this.deviceIds = deviceIds;
    this.devices = OwnKeys.of(devices);
  }

  /** Why the keys cannot be stored, confirmed or not; empty if they can. */
  Optional<MatrixError> complaint() {
    ObjectNode master = master();
    return master == null
        ? Refusals.missing("master_key")
        : namesComplaint().or(() -> signatureComplaint(master)).or(this::masterSignatureComplaint);
  }

  private @Nullable ObjectNode master() {
    return uploaded.getOrDefault(CrossSigningRow.MASTER, before.get(CrossSigningRow.MASTER));
  }

  /** A key is told from others, and from devices, by its public key alone. */
  private Optional<MatrixError> namesComplaint() {
    Map<String, ObjectNode> after = new HashMap<>(replacesMaster() ? Map.of() : before);
    after.putAll(uploaded);
    Set<String> publicKeys = new HashSet<>();
    for (ObjectNode key : after.values()) {
      if (!publicKeys.add(CrossSigningRow.publicKey(key))) {
        return Refusals.invalid("A key may have one use only");
      }
    }
    return publicKeys.stream().anyMatch(deviceIds::contains)
        ? Refusals.of(ErrorCode.FORBIDDEN, "Key ID in use")
        : Optional.empty();
  }

  private Optional<MatrixError> signatureComplaint(ObjectNode master) {
    for (Map.Entry<String, ObjectNode> key : uploaded.entrySet()) {
      if (!key.getKey().equals(CrossSigningRow.MASTER)
          && !PublicKeys.signed(
              key.getValue(), userId, id(master), CrossSigningRow.publicKey(master))) {
        return Refusals.badSignature(key.getKey() + "_key is not signed by the master key");
      }
    }
    return Optional.empty();
  }

  /** A master key may come with signatures of the user's devices, and of itself. */
  private Optional<MatrixError> masterSignatureComplaint() {
    ObjectNode master = uploaded.get(CrossSigningRow.MASTER);
    if (master != null) {
      for (Map.Entry<String, String> signer : masterSigners(master).entrySet()) {
        if (!PublicKeys.signed(master, userId, signer.getKey(), signer.getValue())) {
          return Refusals.badSignature("master_key is not signed by " + signer.getKey());
        }
      }
    }
    return Optional.empty();
  }

  /** Those who may sign the master key and claim to have done so, with their public keys. */
  private Map<String, String> masterSigners(ObjectNode master) {
    Map<String, String> signers = new HashMap<>(devices.ed25519ById());
    signers.put(id(master), CrossSigningRow.publicKey(master));
    signers.keySet().removeIf(id -> !master.path("signatures").path(userId).has(id));
    return signers;
  }

  /** Whether the user has to confirm this: keys are there, and others are to take their place. */
  boolean needsConfirmation() {
    return before.containsKey(CrossSigningRow.MASTER) && !changed().isEmpty();
  }

  /** What is new; empty if the user has published all of it before. */
  List<Fact> facts() {
    Map<String, ObjectNode> changed = changed();
    List<Fact> facts = new ArrayList<>();
    if (!changed.isEmpty()) {
      facts.add(
          new CrossSigningKeysUploaded(
              userId,
              changed.get(CrossSigningRow.MASTER),
              changed.get(CrossSigningRow.SELF_SIGNING),
              changed.get(CrossSigningRow.USER_SIGNING)));
      ObjectNode master = uploaded.get(CrossSigningRow.MASTER);
      if (master != null && replacesMaster()) {
        addMasterSignatures(facts, master);
      }
    }
    return facts;
  }

  private void addMasterSignatures(List<Fact> facts, ObjectNode master) {
    JsonNode signatures = master.path("signatures").path(userId);
    List<KeySignature> verified =
        masterSigners(master).keySet().stream()
            .sorted()
            .map(
                id ->
                    new KeySignature(
                        userId,
                        CrossSigningRow.publicKey(master),
                        id,
                        signatures.path(id).asText()))
            .toList();
    if (!verified.isEmpty()) {
      facts.add(new KeySignaturesUploaded(userId, verified));
    }
  }

  /** With another master key, all keys are new, whether they look different or not. */
  private Map<String, ObjectNode> changed() {
    boolean all = replacesMaster();
    String masterId = id(master());
    Map<String, ObjectNode> changed = new HashMap<>();
    uploaded.forEach(
        (usage, key) -> {
          if (all || !before.containsKey(usage) || !PublicKeys.same(before.get(usage), key)) {
            boolean master = usage.equals(CrossSigningRow.MASTER);
            changed.put(usage, PublicKeys.withOnlySignature(key, userId, master ? "" : masterId));
          }
        });
    return changed;
  }

  private boolean replacesMaster() {
    ObjectNode master = uploaded.get(CrossSigningRow.MASTER);
    ObjectNode old = before.get(CrossSigningRow.MASTER);
    return master != null && (old == null || !PublicKeys.same(old, master));
  }

  private static String id(@Nullable JsonNode key) {
    return key == null ? "" : PublicKeys.ED25519 + CrossSigningRow.publicKey(key);
  }
}
