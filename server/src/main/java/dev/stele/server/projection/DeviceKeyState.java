package dev.stele.server.projection;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Map;
import java.util.Optional;

/**
 * What a device has published that matters to its next upload.
 *
 * @param keys its identity keys
 * @param oneTimeKeys of the one-time keys that are asked about, those that it has, by id
 * @param fallbackKeys its fallback keys by id
 * @param counts what it has left
 */
public record DeviceKeyState(
    Optional<DeviceKeyRow> keys,
    Map<String, JsonNode> oneTimeKeys,
    Map<String, JsonNode> fallbackKeys,
    KeyCounts counts) {
  /** That of a device which has published nothing. */
  public static DeviceKeyState none(String userId, String deviceId) {
    return new DeviceKeyState(
        Optional.empty(),
        Map.of(),
        Map.of(),
        new KeyCounts(userId, deviceId, 0, Map.of(), Map.of()));
  }
}
