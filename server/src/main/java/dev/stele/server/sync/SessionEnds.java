package dev.stele.server.sync;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Which devices lost their access tokens lately, and when. A poll is let in before it is known
 * here, so it has to look. Bounded: what is forgotten is older than any poll. Belongs to one event
 * loop.
 */
final class SessionEnds {
  private static final int MAX_DEVICES = 10_000;

  private final Map<Device, Long> ends =
      new LinkedHashMap<>() {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<Device, Long> eldest) {
          return size() > MAX_DEVICES;
        }
      };

  private record Device(String userId, String deviceId) {}

  void add(String userId, String deviceId, long position) {
    Device device = new Device(userId, deviceId);
    ends.remove(device);
    ends.put(device, position);
  }

  /** When a device last lost an access token; 0 if not lately. */
  long of(String userId, String deviceId) {
    return ends.getOrDefault(new Device(userId, deviceId), 0L);
  }
}
