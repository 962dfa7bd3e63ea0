package dev.stele.server.encryption;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.stele.server.encryption.SignatureUploads.SignedKey;
import dev.stele.server.projection.CrossSigningRow;
import dev.stele.server.projection.DeviceKeyRow;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A user who signs: which keys there are to sign, and by which of the user's keys each may be
 * signed. Client-server API, "Cross-signing".
 */
final class Signer {
  private final String userId;
  private final Map<SignedKey, Target> targets = new HashMap<>();
  private final Map<String, String> own = new HashMap<>();

  /**
   * A key that may be signed.
   *
   * @param key as it is stored
   * @param signers the public keys that may sign it, by their ids
   */
  record Target(ObjectNode key, Map<String, String> signers) {}

  /**
   * @param crossSigning the cross-signing keys of the user and of those whose keys are signed
   * @param devices the keys of the user's devices
   */
  Signer(String userId, List<CrossSigningRow> crossSigning, List<DeviceKeyRow> devices) {
    this.userId = userId;
    Map<String, CrossSigningRow> mine = new HashMap<>();
    crossSigning.stream()
        .filter(row -> row.userId().equals(userId))
        .forEach(row -> mine.put(row.usage(), row));
    Map<String, String> deviceSigners = OwnKeys.of(devices).ed25519ById();
    own.putAll(deviceSigners);
    mine.values().forEach(row -> own.put(id(row), row.publicKey()));
    for (DeviceKeyRow device : devices) {
      String self = PublicKeys.ED25519 + device.deviceId();
      Map<String, String> signers = by(mine, CrossSigningRow.SELF_SIGNING);
      signers.put(self, deviceSigners.getOrDefault(self, ""));
      targets.put(new SignedKey(userId, device.deviceId()), new Target(device.keys(), signers));
    }
    for (CrossSigningRow row : crossSigning) {
      boolean master = row.usage().equals(CrossSigningRow.MASTER);
      if (row.userId().equals(userId)) {
        Map<String, String> signers = by(mine, CrossSigningRow.MASTER);
        signers.putAll(master ? deviceSigners : Map.of());
        add(row, signers);
      } else if (master) {
        add(row, by(mine, CrossSigningRow.USER_SIGNING));
      }
    }
  }

  private void add(CrossSigningRow row, Map<String, String> signers) {
    targets.put(new SignedKey(row.userId(), row.publicKey()), new Target(row.key(), signers));
  }

  private static Map<String, String> by(Map<String, CrossSigningRow> mine, String usage) {
    Map<String, String> signers = new HashMap<>();
    CrossSigningRow row = mine.get(usage);
    if (row != null) {
      signers.put(id(row), row.publicKey());
    }
    return signers;
  }

  private static String id(CrossSigningRow row) {
    return PublicKeys.ED25519 + row.publicKey();
  }

  String userId() {
    return userId;
  }

  /** A key that the user may sign, if there is one by that name. */
  Optional<Target> target(SignedKey key) {
    return Optional.ofNullable(targets.get(key));
  }

  /** Whether the user has a key by this id, whatever it may sign. */
  boolean owns(String keyId) {
    return own.containsKey(keyId);
  }
}
