package dev.stele.server.encryption;

import dev.stele.server.projection.DeviceKeyRow;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The Ed25519 keys that a user's devices sign with.
 *
 * @param ed25519ById the public keys by their ids, {@code ed25519:<device id>}
 */
record OwnKeys(Map<String, String> ed25519ById) {
  static OwnKeys of(List<DeviceKeyRow> devices) {
    Map<String, String> keys = new HashMap<>();
    for (DeviceKeyRow device : devices) {
      keys.put(
          PublicKeys.ED25519 + device.deviceId(),
          DeviceKeys.ed25519(device.keys(), device.deviceId()));
    }
    return new OwnKeys(Map.copyOf(keys));
  }
}
