package dev.stele.server.account;

import dev.stele.server.projection.Accounts;
import dev.stele.server.projection.DeviceRow;
import dev.stele.server.record.DevicesClosed;
import dev.stele.server.record.Fact;
import dev.stele.server.record.RecordLog;
import io.vertx.core.Future;
import java.util.List;

/** Opens and closes the devices of users. Thread-safe; a user's devices change one at a time. */
public final class DeviceSessions {
  private final RecordLog log;
  private final Accounts accounts;
  private final TokenOwners tokens;
  private final UserQueues queues;
  private final Secrets secrets = new Secrets();

  public DeviceSessions(RecordLog log, Accounts accounts, TokenOwners tokens, UserQueues queues) {
    this.log = log;
    this.accounts = accounts;
    this.tokens = tokens;
    this.queues = queues;
  }

  /** Logs a user in on a device, new or known; the device's earlier access token is void. */
  public Future<OpenedDevice> open(String userId, NewDevice device) {
    OpenedDevice opened = secrets.device(device);
    return queues.submit(
        userId,
        () ->
            accounts
                .device(userId, opened.deviceId())
                .map(known -> known.isPresent() ? null : device.displayName())
                .compose(name -> commit(opened.fact(userId, name)))
                .map(committed -> opened));
  }

  /** Logs a user out of a device. Its access token is void once the future completes. */
  public Future<Void> close(String userId, String deviceId) {
    return queues.submit(userId, () -> commit(new DevicesClosed(userId, List.of(deviceId))));
  }

  /** Logs a user out of all devices. Their access tokens are void once the future completes. */
  public Future<Void> closeAll(String userId) {
    return queues.submit(
        userId,
        () ->
            accounts
                .devices(userId)
                .map(devices -> devices.stream().map(DeviceRow::deviceId).toList())
                .compose(
                    devices ->
                        devices.isEmpty()
                            ? Future.succeededFuture()
                            : commit(new DevicesClosed(userId, devices))));
  }

  private Future<Void> commit(Fact fact) {
    return log.append(List.of(fact)).onSuccess(appended -> tokens.forget(fact)).mapEmpty();
  }
}
