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
    KeyCounts counts) {}
