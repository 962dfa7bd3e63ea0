package dev.stele.server.encryption;

import dev.stele.api.MatrixError;
import dev.stele.server.account.UserQueues;
import dev.stele.server.projection.Accounts;
import dev.stele.server.projection.CrossSigningRow;
import dev.stele.server.projection.DeviceKeyRow;
import dev.stele.server.projection.DeviceRow;
import dev.stele.server.projection.EncryptionKeys;
import dev.stele.server.record.Fact;
import dev.stele.server.record.RecordLog;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * Stores the cross-signing keys that users publish. Thread-safe; a user's uploads are decided one
 * at a time, so that of two first ones the second is no longer the first.
 */
public final class CrossSigningUploads {
  private final Vertx vertx;
  private final RecordLog log;
  private final EncryptionKeys keys;
  private final Accounts accounts;
  private final UserQueues queues;

  public CrossSigningUploads(
      Vertx vertx, RecordLog log, EncryptionKeys keys, Accounts accounts, UserQueues queues) {
    this.vertx = vertx;
    this.log = log;
    this.keys = keys;
    this.accounts = accounts;
    this.queues = queues;
  }

  /**
   * Stores a user's keys, all of them or none. Completes once they are durable.
   *
   * @param confirmed whether the user has confirmed that keys may be replaced
   */
  public Future<CrossSigningUploaded> upload(
      String userId, CrossSigningUpload upload, boolean confirmed) {
    Optional<MatrixError> complaint = CrossSigningKeys.form(upload.keys(), userId);
    return complaint.isPresent()
        ? Future.succeededFuture(new CrossSigningUploaded.Refused(complaint.get()))
        : queues.submit(userId, () -> store(userId, upload, confirmed));
  }

  private Future<CrossSigningUploaded> store(
      String userId, CrossSigningUpload upload, boolean confirmed) {
    Future<List<CrossSigningRow>> before = keys.crossSigningKeys(List.of(userId));
    Future<List<DeviceKeyRow>> deviceKeys = keys.deviceKeys(List.of(userId));
    Future<List<DeviceRow>> devices = accounts.devices(userId);
    return Future.all(before, deviceKeys, devices)
        .compose(
            read ->
                decide(
                    new CrossSigningDecision(
                        userId,
                        upload,
                        before.result(),
                        deviceKeys.result(),
                        devices.result().stream()
                            .map(DeviceRow::deviceId)
                            .collect(Collectors.toSet())),
                    confirmed));
  }

  private Future<CrossSigningUploaded> decide(CrossSigningDecision decision, boolean confirmed) {
    return vertx
        .executeBlocking(decision::complaint, false)
        .compose(
            complaint -> {
              if (complaint.isPresent()) {
                return Future.succeededFuture(new CrossSigningUploaded.Refused(complaint.get()));
              }
              return decision.needsConfirmation() && !confirmed
                  ? Future.succeededFuture(new CrossSigningUploaded.Unconfirmed())
                  : append(decision.facts());
            });
  }

  private Future<CrossSigningUploaded> append(List<Fact> facts) {
    CrossSigningUploaded stored = new CrossSigningUploaded.Stored();
    return facts.isEmpty()
        ? Future.succeededFuture(stored)
        : log.append(facts).map(appended -> stored);
  }
}
