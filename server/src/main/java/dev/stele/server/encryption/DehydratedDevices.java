package dev.stele.server.encryption;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.stele.api.ErrorCode;
import dev.stele.api.MatrixError;
import dev.stele.server.account.SessionTokens;
import dev.stele.server.account.UserQueues;
import dev.stele.server.projection.Accounts;
import dev.stele.server.projection.DehydratedDevice;
import dev.stele.server.record.DehydratedDeviceStored;
import dev.stele.server.record.DevicesClosed;
import dev.stele.server.record.Fact;
import dev.stele.server.record.RecordLog;
import io.vertx.core.Future;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Keeps devices that users leave with the server, so that they receive keys while no other device
 * of theirs is there. MSC3814. Thread-safe; a user's devices change one at a time.
 *
 * <p>Such a device is opened like any other, but nobody is told its access token. Its opening, its
 * keys, its secrets and the end of the one before are one append, so that at any time there is a
 * whole device or none: to one without keys nobody could send any.
 */
public final class DehydratedDevices {
  private final RecordLog log;
  private final Accounts accounts;
  private final SessionTokens tokens;
  private final KeyUploads uploads;
  private final UserQueues queues;

  /**
   * @param queues those in which devices are opened and closed too
   */
  public DehydratedDevices(
      RecordLog log,
      Accounts accounts,
      SessionTokens tokens,
      KeyUploads uploads,
      UserQueues queues) {
    this.log = log;
    this.accounts = accounts;
    this.tokens = tokens;
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
    return queues.submit(
        userId,
        () ->
            get(userId)
                .compose(
                    old ->
                        isFree(userId, left.deviceId(), old)
                            .compose(
                                free ->
                                    free
                                        ? replace(userId, old, left)
                                        : Future.succeededFuture(Optional.of(taken())))));
  }

  /** Deletes the device that a user has left; completes with its id, if there was one. */
  public Future<Optional<String>> delete(String userId) {
    return queues.submit(
        userId,
        () ->
            get(userId)
                .compose(
                    found ->
                        found.isEmpty()
                            ? Future.succeededFuture(Optional.empty())
                            : log.append(List.of(closed(userId, found.get())))
                                .map(appended -> found.map(DehydratedDevice::deviceId))));
  }

  /** Whether a device id is that of no other device than the one that is to be replaced. */
  private Future<Boolean> isFree(
      String userId, String deviceId, Optional<DehydratedDevice> replaced) {
    return replaced.filter(device -> device.deviceId().equals(deviceId)).isPresent()
        ? Future.succeededFuture(true)
        : accounts.device(userId, deviceId).map(Optional::isEmpty);
  }

  private Future<Optional<MatrixError>> replace(
      String userId, Optional<DehydratedDevice> old, Left left) {
    return uploads
        .decideFirst(userId, left.deviceId(), left.keys())
        .compose(
            keys ->
                keys instanceof FirstKeys.Accepted accepted
                    ? log.append(facts(userId, old, left, accepted)).map(Optional.empty())
                    : Future.succeededFuture(Optional.of(((FirstKeys.Refused) keys).error())));
  }

  /** In this order: closing a device drops the keys that it has, also those of one to come back. */
  private List<Fact> facts(
      String userId, Optional<DehydratedDevice> old, Left left, FirstKeys.Accepted keys) {
    List<Fact> facts = new ArrayList<>();
    old.ifPresent(device -> facts.add(closed(userId, device)));
    facts.add(tokens.openUnused(userId, left.deviceId(), left.displayName()));
    facts.addAll(keys.facts());
    facts.add(new DehydratedDeviceStored(userId, left.deviceId(), left.deviceData()));
    return facts;
  }

  private static DevicesClosed closed(String userId, DehydratedDevice device) {
    return new DevicesClosed(userId, List.of(device.deviceId()), false);
  }

  private static MatrixError taken() {
    return MatrixError.of(ErrorCode.INVALID_PARAM, "Another device has this id");
  }
}
