package dev.stele.server.encryption;

import com.fasterxml.jackson.databind.JsonNode;
import dev.stele.api.MatrixError;
import dev.stele.server.account.UserQueues;
import dev.stele.server.projection.CrossSigningRow;
import dev.stele.server.projection.DeviceKeyRow;
import dev.stele.server.projection.EncryptionKeys;
import dev.stele.server.projection.KeySignatureRow;
import dev.stele.server.record.Fact;
import dev.stele.server.record.RecordLog;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Stores signatures that users make of their own devices and master keys, and of the master keys of
 * others. Thread-safe; a user's uploads are decided one at a time. Client-server API, {@code POST
 * /keys/signatures/upload}.
 */
public final class SignatureUploads {
  private final Vertx vertx;
  private final RecordLog log;
  private final EncryptionKeys keys;
  private final UserQueues queues;

  public SignatureUploads(Vertx vertx, RecordLog log, EncryptionKeys keys, UserQueues queues) {
    this.vertx = vertx;
    this.log = log;
    this.keys = keys;
    this.queues = queues;
  }

  /** A key that was signed: whose it is, and its device id or public key. */
  public record SignedKey(String userId, String keyId) {}

  /**
   * Stores those of a user's signatures that are right. Completes once they are durable.
   *
   * @param signed the signed objects, as the client sent them
   * @return why the others were not stored
   */
  public Future<Map<SignedKey, MatrixError>> upload(
      String userId, Map<SignedKey, JsonNode> signed) {
    return queues.submit(userId, () -> store(userId, signed));
  }

  private Future<Map<SignedKey, MatrixError>> store(
      String userId, Map<SignedKey, JsonNode> signed) {
    Set<String> users = new HashSet<>();
    users.add(userId);
    signed.keySet().forEach(key -> users.add(key.userId()));
    Future<List<CrossSigningRow>> crossSigning = keys.crossSigningKeys(users);
    Future<List<DeviceKeyRow>> devices = keys.deviceKeys(List.of(userId));
    Future<List<KeySignatureRow>> known = keys.signatures(users, userId);
    return Future.all(crossSigning, devices, known)
        .compose(
            read ->
                vertx.executeBlocking(
                    () ->
                        SignatureDecision.of(
                            new Signer(userId, crossSigning.result(), devices.result()),
                            known.result(),
                            signed),
                    false))
        .compose(this::append);
  }

  private Future<Map<SignedKey, MatrixError>> append(SignatureDecision decision) {
    List<Fact> facts = decision.facts();
    return facts.isEmpty()
        ? Future.succeededFuture(decision.failures())
        : log.append(facts).map(appended -> decision.failures());
  }
}
