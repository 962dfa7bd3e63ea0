package dev.stele.server.account;

import dev.stele.server.record.DeviceOpened;
import dev.stele.server.settings.Settings;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Makes the tokens of devices, with the lifetimes that the operator has chosen: one for clients
 * that refresh their tokens, another for those that do not. Thread-safe.
 */
public final class SessionTokens {
  private final Settings.Sessions lifetimes;
  private final InstantSource clock;
  private final Secrets secrets = new Secrets();

  public SessionTokens(Settings.Sessions lifetimes, InstantSource clock) {
    this.lifetimes = lifetimes;
    this.clock = clock;
  }

  /** What a client that logs in gets: new tokens, and a device id if it has none. */
  OpenedDevice open(NewDevice device) {
    String deviceId = device.deviceId() == null ? secrets.deviceId() : device.deviceId();
    return device.refreshes()
        ? refreshable(deviceId)
        : opened(deviceId, null, lifetimes.plainTokenLifetime());
  }

  /** What a device gets that refreshes its tokens. */
  OpenedDevice refreshable(String deviceId) {
    return opened(
        deviceId,
        SecretToken.REFRESH.generate(),
        Optional.of(lifetimes.refreshableTokenLifetime()));
  }

  /** Opens a device that nobody uses: its access token is told to nobody. */
  public DeviceOpened openUnused(String userId, String deviceId, @Nullable String displayName) {
    return opened(deviceId, null, Optional.empty()).fact(userId, displayName);
  }

  private OpenedDevice opened(
      String deviceId, @Nullable String refreshToken, Optional<Duration> lifetime) {
    Long millis = lifetime.map(Duration::toMillis).orElse(null);
    return new OpenedDevice(
        deviceId,
        SecretToken.ACCESS.generate(),
        refreshToken,
        millis,
        millis == null ? null : clock.millis() + millis);
  }
}
