package dev.stele.server.encryption;

import dev.stele.api.ErrorCode;
import dev.stele.api.MatrixError;
import dev.stele.eventstore.Claim;
import dev.stele.server.account.UserQueues;
import dev.stele.server.projection.Accounts;
import dev.stele.server.projection.CrossSigningRow;
import dev.stele.server.projection.DeviceKeyState;
import dev.stele.server.projection.DeviceRow;
import dev.stele.server.projection.EncryptionKeys;
import dev.stele.server.record.Fact;
import dev.stele.server.record.RecordLog;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Stores the keys that devices publish. Thread-safe; a user's uploads are decided one at a time.
 *
 * <p>What was published before may be published again, which changes nothing: a client that did not
 * get the answer asks again. A one-time key that was handed out meanwhile is then not stored anew.
 */
public final class KeyUploads {
  private final Vertx vertx;
  private final RecordLog log;
  private final EncryptionKeys keys;
  private final Accounts accounts;
  private final UserQueues queues;

  /**
   * @param queues those in which devices are closed too, so that no closed device gets keys
   */
  public KeyUploads(
      Vertx vertx, RecordLog log, EncryptionKeys keys, Accounts accounts, UserQueues queues) {
    this.vertx = vertx;
    this.log = log;
    this.keys = keys;
    this.accounts = accounts;
    this.queues = queues;
  }

  /** Stores what a device publishes, all of it or nothing. Completes once it is durable. */
  public Future<KeysUploaded> upload(String userId, String deviceId, KeyUpload upload) {
    Optional<MatrixError> complaint = form(userId, deviceId, upload);
    return complaint.isPresent()
        ? Future.succeededFuture(new KeysUploaded.Refused(complaint.get()))
        : queues.submit(userId, () -> store(userId, deviceId, upload));
  }

  private static Optional<MatrixError> form(String userId, String deviceId, KeyUpload upload) {
    return Optional.ofNullable(upload.deviceKeys())
        .flatMap(deviceKeys -> DeviceKeys.form(deviceKeys, userId, deviceId))
        .or(() -> OneTimeKeys.form("one_time_keys", upload.oneTimeKeys()))
        .or(() -> OneTimeKeys.fallbackForm("fallback_keys", upload.fallbackKeys()));
  }

  /**
   * Decides what a device publishes that is yet to be opened, together with these facts. Must be
   * called in the user's queue.
   */
  Future<FirstKeys> decideFirst(String userId, String deviceId, KeyUpload upload) {
    Optional<MatrixError> complaint = form(userId, deviceId, upload);
    return complaint.isPresent()
        ? Future.succeededFuture(new FirstKeys.Refused(complaint.get()))
        : decision(
                userId,
                deviceId,
                upload,
                Future.succeededFuture(DeviceKeyState.none(userId, deviceId)))
            .compose(
                decision ->
                    complaint(decision)
                        .map(
                            found ->
                                found.isPresent()
                                    ? new FirstKeys.Refused(found.get())
                                    : new FirstKeys.Accepted(decision.facts())));
  }

  private Future<KeysUploaded> store(String userId, String deviceId, KeyUpload upload) {
    Future<Optional<DeviceRow>> device = accounts.device(userId, deviceId);
    Future<DeviceKeyState> state = keys.state(userId, deviceId, ids(upload));
    Future<UploadDecision> decision = decision(userId, deviceId, upload, state);
    return Future.all(device, decision)
        .compose(
            read ->
                device.result().isEmpty()
                    ? Future.succeededFuture(closed())
                    : decide(decision.result()));
  }

  private Future<UploadDecision> decision(
      String userId, String deviceId, KeyUpload upload, Future<DeviceKeyState> state) {
    List<Claim> claims =
        upload.oneTimeKeys().properties().stream()
            .map(key -> UploadDecision.claim(userId, deviceId, key))
            .toList();
    Future<List<CrossSigningRow>> crossSigning = keys.crossSigningKeys(List.of(userId));
    Future<Set<Claim>> spent =
        claims.isEmpty() ? Future.succeededFuture(Set.of()) : log.holders(claims).map(Map::keySet);
    return Future.all(state, crossSigning, spent)
        .map(
            read ->
                new UploadDecision(
                    userId,
                    deviceId,
                    upload,
                    new UploadDecision.Known(
                        state.result(), crossSigning.result(), spent.result())));
  }

  private static List<String> ids(KeyUpload upload) {
    return upload.oneTimeKeys().properties().stream().map(Map.Entry::getKey).toList();
  }

  private Future<KeysUploaded> decide(UploadDecision decision) {
    return complaint(decision)
        .compose(
            complaint ->
                complaint.isPresent()
                    ? Future.succeededFuture(new KeysUploaded.Refused(complaint.get()))
                    : append(decision));
  }

  private Future<Optional<MatrixError>> complaint(UploadDecision decision) {
    return vertx.executeBlocking(decision::complaint, false);
  }

  private Future<KeysUploaded> append(UploadDecision decision) {
    List<Fact> facts = decision.facts();
    KeysUploaded stored = new KeysUploaded.Stored(decision.counts());
    return facts.isEmpty()
        ? Future.succeededFuture(stored)
        : log.append(facts).map(appended -> stored);
  }

  private static KeysUploaded closed() {
    return new KeysUploaded.Refused(
        MatrixError.of(ErrorCode.UNKNOWN_TOKEN, "The device has been logged out"));
  }
}
