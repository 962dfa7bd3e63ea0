package dev.stele.server.encryption;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.stele.server.projection.Accounts;
import dev.stele.server.projection.CrossSigningRow;
import dev.stele.server.projection.DeviceKeyRow;
import dev.stele.server.projection.EncryptionKeys;
import dev.stele.server.projection.KeySignatureRow;
import io.vertx.core.Future;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Tells the keys of users and their devices. Thread-safe. Client-server API, {@code POST
 * /keys/query} and "Key and signature security".
 */
public final class KeyQueries {
  private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

  private final EncryptionKeys keys;
  private final Accounts accounts;

  public KeyQueries(EncryptionKeys keys, Accounts accounts) {
    this.keys = keys;
    this.accounts = accounts;
  }

  /**
   * What a viewer may see of the keys of users of this server. Those whom it does not know are left
   * out; those who have no device with keys are there with none, which tells whoever knew of one
   * that it is gone.
   *
   * @param asked the users, and which of their devices: all if there are none
   * @return an object with the fields of the specified answer, but {@code failures}
   */
  public Future<ObjectNode> query(String viewer, Map<String, Set<String>> asked) {
    Future<Map<String, Map<String, String>>> names = accounts.deviceNames(asked.keySet());
    Future<List<DeviceKeyRow>> devices = keys.deviceKeys(asked.keySet());
    Future<List<CrossSigningRow>> crossSigning = keys.crossSigningKeys(asked.keySet());
    Future<List<KeySignatureRow>> signatures = keys.signatures(asked.keySet(), viewer);
    return Future.all(names, devices, crossSigning, signatures)
        .map(
            read -> {
              Signatures found = new Signatures(signatures.result());
              ObjectNode answer = JSON.objectNode();
              answer.set("device_keys", devices(asked, names.result(), devices.result(), found));
              for (String usage : CrossSigningRow.USAGES) {
                answer.set(
                    usage + "_keys", crossSigning(viewer, usage, crossSigning.result(), found));
              }
              return answer;
            });
  }

  private static ObjectNode devices(
      Map<String, Set<String>> asked,
      Map<String, Map<String, String>> names,
      List<DeviceKeyRow> devices,
      Signatures signatures) {
    ObjectNode users = JSON.objectNode();
    names.keySet().forEach(users::putObject);
    for (DeviceKeyRow device : devices) {
      Set<String> wanted = asked.getOrDefault(device.userId(), Set.of());
      if (wanted.isEmpty() || wanted.contains(device.deviceId())) {
        ObjectNode shown = device.keys();
        signatures.addTo(shown, device.userId(), device.deviceId());
        String name = names.getOrDefault(device.userId(), Map.of()).get(device.deviceId());
        if (name != null) {
          shown.putObject("unsigned").put("device_display_name", name);
        }
        object(users, device.userId()).set(device.deviceId(), shown);
      }
    }
    return users;
  }

  /** Nobody but the user sees which key signs other users. */
  private static ObjectNode crossSigning(
      String viewer, String usage, List<CrossSigningRow> keys, Signatures signatures) {
    ObjectNode users = JSON.objectNode();
    for (CrossSigningRow key : keys) {
      boolean visible = !usage.equals(CrossSigningRow.USER_SIGNING) || key.userId().equals(viewer);
      if (visible && key.usage().equals(usage)) {
        ObjectNode shown = key.key();
        signatures.addTo(shown, key.userId(), key.publicKey());
        users.set(key.userId(), shown);
      }
    }
    return users;
  }

  private static ObjectNode object(ObjectNode parent, String name) {
    return parent.get(name) instanceof ObjectNode object ? object : parent.putObject(name);
  }

  /** Signatures by what they sign. */
  private static final class Signatures {
    private final Map<String, Map<String, List<KeySignatureRow>>> byKey = new HashMap<>();

    Signatures(List<KeySignatureRow> rows) {
      for (KeySignatureRow row : rows) {
        byKey
            .computeIfAbsent(row.userId(), same -> new HashMap<>())
            .computeIfAbsent(row.keyId(), same -> new ArrayList<>())
            .add(row);
      }
    }

    void addTo(ObjectNode key, String userId, String keyId) {
      for (KeySignatureRow row :
          byKey.getOrDefault(userId, Map.of()).getOrDefault(keyId, List.of())) {
        object(object(key, "signatures"), row.signerId()).put(row.signerKeyId(), row.signature());
      }
    }
  }
}
