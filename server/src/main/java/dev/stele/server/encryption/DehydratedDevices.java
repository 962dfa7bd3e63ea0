package dev.stele.server.encryption;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.stele.api.ErrorCode;
import dev.stele.api.MatrixError;
import dev.stele.server.account.DeviceSessions;
import dev.stele.server.account.NewDevice;
import dev.stele.server.account.UserQueues;
import dev.stele.server.projection.Accounts;
import dev.stele.server.projection.DehydratedDevice;
import dev.stele.server.record.DehydratedDeviceStored;
import dev.stele.server.record.RecordLog;
import io.vertx.core.Future;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Keeps devices that users leave with the server, so that they receive keys while no other device
 * of theirs is there. MSC3814. Thread-safe.
 *
 * <p>Such a device is opened like any other, but nobody is told its access token. It is the user's
 * dehydrated one only once its keys are stored, which are refused unless they are signed by it; the
 * one before it is closed then. A server that dies in between leaves a device without keys, which
 * its user can delete.
 */
public final class DehydratedDevices {
  private final RecordLog log;
  private final Accounts accounts;
  private final DeviceSessions sessions;
  private final KeyUploads uploads;
  private final UserQueues queues;

  public DehydratedDevices(
      RecordLog log,
      Accounts accounts,
      DeviceSessions sessions,
      KeyUploads uploads,
      UserQueues queues) {
    this.log = log;
    this.accounts = accounts;
    this.sessions = sessions;
    this.uploads = uploads;
    this.queues = queues;
  }

  /**
   * A device to keep.
   *
   * @param deviceId its id, which no other device of the user has
   * @param displayName its name, or null
   * @param deviceData its secrets, encrypted
   * @param keys what it publishes
   */
  public record Left(
      String deviceId, @Nullable String displayName, ObjectNode deviceData, KeyUpload keys) {}

  /** The device that a user has left, if any. */
  public Future<Optional<DehydratedDevice>> get(String userId) {
    return accounts.dehydratedDevice(userId);
  }

  /** Keeps a device instead of the one before. Completes once it is durable, or refused. */
  public Future<Optional<MatrixError>> put(String userId, Left left) {
    return makeRoom(userId, left.deviceId())
        .compose(
            free ->
                free
                    ? open(userId, left)
                    : Future.succeededFuture(
                        Optional.of(
                            MatrixError.of(
                                ErrorCode.INVALID_PARAM, "Another device has this id"))));
  }

  /** Deletes the device that a user has left; completes with its id, if there was one. */
  public Future<Optional<String>> delete(String userId) {
    return get(userId)
        .compose(
            found ->
                found.isEmpty()
                    ? Future.succeededFuture(Optional.empty())
                    : sessions
                        .close(userId, List.of(found.get().deviceId()))
                        .map(closed -> found.map(DehydratedDevice::deviceId)));
  }

  /** Whether a device id is free; closes the dehydrated device that has it. */
  private Future<Boolean> makeRoom(String userId, String deviceId) {
    return get(userId)
        .compose(
            old ->
                old.filter(device -> device.deviceId().equals(deviceId)).isPresent()
                    ? sessions.close(userId, List.of(deviceId)).map(true)
                    : accounts.device(userId, deviceId).map(Optional::isEmpty));
  }

  private Future<Optional<MatrixError>> open(String userId, Left left) {
    return sessions
        .open(userId, new NewDevice(left.deviceId(), left.displayName(), false))
        .compose(opened -> uploads.upload(userId, left.deviceId(), left.keys()))
        .compose(
            uploaded ->
                uploaded instanceof KeysUploaded.Refused refused
                    ? sessions
                        .close(userId, List.of(left.deviceId()))
                        .map(Optional.of(refused.error()))
                    : store(userId, left).map(Optional.empty()));
  }

  private Future<Void> store(String userId, Left left) {
    return queues
        .submit(
            userId,
            () ->
                get(userId)
                    .compose(
                        old ->
                            log.append(
                                    List.of(
                                        new DehydratedDeviceStored(
                                            userId, left.deviceId(), left.deviceData())))
                                .map(old)))
        .compose(
            old ->
                old.isEmpty() || old.get().deviceId().equals(left.deviceId())
                    ? Future.succeededFuture()
                    : sessions.close(userId, List.of(old.get().deviceId())));
  }
}
