package dev.stele.server.sync;

import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Which access tokens devices have whose token changed lately. A poll whose token was still good
 * when its request came is let in later, so it has to look. Bounded: what is forgotten is older
 * than any poll. Belongs to one event loop.
 */
final class TokenChanges {
  private static final int MAX_DEVICES = 10_000;

  private final Map<Device, Token> tokens =
      new LinkedHashMap<>() {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<Device, Token> eldest) {
          return size() > MAX_DEVICES;
        }
      };

  private record Device(String userId, String deviceId) {}

  /**
   * What a device has by now.
   *
   * @param id what its access token is known by; null if it was logged out
   */
  record Token(@Nullable String id) {}

  void add(String userId, String deviceId, Token token) {
    Device device = new Device(userId, deviceId);
    tokens.remove(device);
    tokens.put(device, token);
  }

  /** What a device has; null if that did not change lately. */
  @Nullable Token of(String userId, String deviceId) {
    return tokens.get(new Device(userId, deviceId));
  }

  /** Of how many devices the token is held; about right on other threads. */
  int size() {
    return tokens.size();
  }
}
