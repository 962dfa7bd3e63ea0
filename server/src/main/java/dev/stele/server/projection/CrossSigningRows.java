package dev.stele.server.projection;

import com.fasterxml.jackson.databind.JsonNode;
import dev.stele.server.record.CrossSigningKeysUploaded;
import dev.stele.server.record.DevicesClosed;
import dev.stele.server.record.KeySignature;
import io.vertx.sqlclient.Tuple;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What facts do to cross-signing keys, and to the signatures by and of them. */
final class CrossSigningRows {
  private static final String DROP_SIGNATURES_OF =
      "DELETE FROM projection.key_signature s USING projection.cross_signing_key k"
          + " WHERE k.user_id = $1 AND k.usage = ANY($2)"
          + " AND s.user_id = k.user_id AND s.key_id = k.public_key";
  private static final String DROP_SIGNATURES_BY =
      "DELETE FROM projection.key_signature s USING projection.cross_signing_key k"
          + " WHERE k.user_id = $1 AND k.usage = ANY($2)"
          + " AND s.signer_id = k.user_id AND s.signer_key_id = 'ed25519:' || k.public_key";
  private static final String DROP_KEYS =
      "DELETE FROM projection.cross_signing_key WHERE user_id = $1 AND usage = ANY($2)";
  private static final String UPLOAD =
      "INSERT INTO projection.cross_signing_key (user_id, usage, public_key, key)"
          + " VALUES ($1, $2, $3, $4)";

  /** Between its check and its record, either of the two keys may have been replaced. */
  private static final String SIGN =
      "INSERT INTO projection.key_signature (user_id, key_id, signer_id, signer_key_id, signature)"
          + " SELECT $1, $2, $3, $4, $5"
          + " WHERE (EXISTS (SELECT FROM projection.cross_signing_key k"
          + " WHERE k.user_id = $1 AND k.public_key = $2)"
          + " OR EXISTS (SELECT FROM projection.device_key k"
          + " WHERE k.user_id = $1 AND k.device_id = $2))"
          + " AND (EXISTS (SELECT FROM projection.cross_signing_key k"
          + " WHERE k.user_id = $3 AND 'ed25519:' || k.public_key = $4)"
          + " OR EXISTS (SELECT FROM projection.device_key k"
          + " WHERE k.user_id = $3 AND k.device_id = substr($4, 9)))"
          + " ON CONFLICT (user_id, signer_id, key_id, signer_key_id)"
          + " DO UPDATE SET signature = excluded.signature";

  /** A device is signed, and signs, within its user's keys only. */
  private static final String CLOSE =
      "DELETE FROM projection.key_signature WHERE user_id = $1 AND signer_id = $1"
          + " AND (key_id = ANY($2) OR signer_key_id = ANY($3))";

  private CrossSigningRows() {}

  static void upload(OrderedStatements statements, CrossSigningKeysUploaded uploaded) {
    Map<String, JsonNode> keys = new LinkedHashMap<>();
    put(keys, CrossSigningRow.MASTER, uploaded.master());
    put(keys, CrossSigningRow.SELF_SIGNING, uploaded.selfSigning());
    put(keys, CrossSigningRow.USER_SIGNING, uploaded.userSigning());
    String[] replaced =
        uploaded.master() == null
            ? keys.keySet().toArray(String[]::new)
            : CrossSigningRow.USAGES.toArray(String[]::new);
    Tuple gone = Tuple.of(uploaded.userId()).addArrayOfString(replaced);
    statements.add(DROP_SIGNATURES_OF, gone);
    statements.add(DROP_SIGNATURES_BY, gone);
    statements.add(DROP_KEYS, gone);
    keys.forEach(
        (usage, key) ->
            statements.add(
                UPLOAD,
                Tuple.of(
                    uploaded.userId(), usage, CrossSigningRow.publicKey(key), key.toString())));
  }

  private static void put(Map<String, JsonNode> keys, String usage, @Nullable JsonNode key) {
    if (key != null) {
      keys.put(usage, key);
    }
  }

  static void sign(OrderedStatements statements, String signerId, List<KeySignature> signatures) {
    for (KeySignature signature : signatures) {
      statements.add(
          SIGN,
          Tuple.of(
              signature.userId(),
              signature.keyId(),
              signerId,
              signature.signerKeyId(),
              signature.signature()));
    }
  }

  static void close(OrderedStatements statements, DevicesClosed closed) {
    List<String> signers = new ArrayList<>();
    closed.deviceIds().forEach(deviceId -> signers.add("ed25519:" + deviceId));
    statements.add(
        CLOSE,
        Tuple.of(closed.userId())
            .addArrayOfString(closed.deviceIds().toArray(String[]::new))
            .addArrayOfString(signers.toArray(String[]::new)));
  }
}
