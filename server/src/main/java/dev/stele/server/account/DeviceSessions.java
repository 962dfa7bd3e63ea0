package dev.stele.server.account;

import dev.stele.eventstore.Appended;
import dev.stele.server.record.DeviceRenamed;
import dev.stele.server.record.DevicesClosed;
import dev.stele.server.record.Fact;
import dev.stele.server.record.RecordLog;
import io.vertx.core.Future;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** Opens and closes the devices of users. Thread-safe; a user's devices change one at a time. */
public final class DeviceSessions {
  private final RecordLog log;
  private final UserDevices devices;
  private final TokenOwners owners;
  private final UserQueues queues;
  private final SessionTokens tokens;

  public DeviceSessions(
      RecordLog log,
      UserDevices devices,
      TokenOwners owners,
      UserQueues queues,
      SessionTokens tokens) {
    this.log = log;
    this.devices = devices;
    this.owners = owners;
    this.queues = queues;
    this.tokens = tokens;
  }

  /** Logs a user in on a device, new or known; the device's earlier tokens are void. */
  public Future<LoggedIn> open(String userId, NewDevice device) {
    return open(userId, device, List.of()).map(Optional::orElseThrow);
  }

  /**
   * Logs a user in, together with other facts.
   *
   * @return nothing if one of those was refused
   */
  Future<Optional<LoggedIn>> open(String userId, NewDevice device, List<Fact> together) {
    return queues.submit(
        userId,
        () ->
            devices
                .complaint(userId, device.deviceId())
                .compose(
                    complaint ->
                        complaint.isPresent()
                            ? Future.succeededFuture(
                                Optional.of(new LoggedIn.Refused(complaint.get())))
                            : append(userId, device, together)));
  }

  private Future<Optional<LoggedIn>> append(String userId, NewDevice device, List<Fact> together) {
    OpenedDevice opened = tokens.open(device);
    LoggedIn loggedIn = new LoggedIn.On(userId, opened);
    return devices
        .has(userId, opened.deviceId())
        .map(known -> known ? null : device.displayName())
        .compose(name -> commit(opened.fact(userId, name), together))
        .map(committed -> committed ? Optional.of(loggedIn) : Optional.empty());
  }

  /** Gives a device another name, or none; false if the user has no such device. */
  public Future<Boolean> rename(String userId, String deviceId, @Nullable String name) {
    return queues.submit(
        userId,
        () ->
            devices
                .has(userId, deviceId)
                .compose(
                    found ->
                        found
                            ? devices
                                .haveKeys(userId, List.of(deviceId))
                                .map(any -> new DeviceRenamed(userId, deviceId, name, !any))
                                .compose(renamed -> commit(renamed, List.of()))
                            : Future.succeededFuture(false)));
  }

  /**
   * Logs a user out of devices, as far as there are such. Their tokens are void once the future
   * completes.
   */
  public Future<Void> close(String userId, Collection<String> deviceIds) {
    Set<String> wanted = new HashSet<>(deviceIds);
    return closeThose(userId, wanted::contains);
  }

  /** Logs a user out of all devices. Their tokens are void once the future completes. */
  public Future<Void> closeAll(String userId) {
    return closeThose(userId, any -> true);
  }

  private Future<Void> closeThose(String userId, Predicate<String> wanted) {
    return queues.submit(
        userId,
        () ->
            devices
                .ids(userId)
                .map(ids -> ids.stream().filter(wanted).toList())
                .compose(
                    closed ->
                        closed.isEmpty()
                            ? Future.succeededFuture()
                            : devices
                                .haveKeys(userId, closed)
                                .map(any -> new DevicesClosed(userId, closed, !any))
                                .compose(fact -> commit(fact, List.of()))
                                .mapEmpty()));
  }

  private Future<Boolean> commit(Fact fact, List<Fact> together) {
    List<Fact> facts = new ArrayList<>(together);
    facts.add(fact);
    return log.append(facts)
        .map(Appended.Committed.class::isInstance)
        .onSuccess(
            committed -> {
              if (committed) {
                owners.forget(fact);
              }
            });
  }
}
