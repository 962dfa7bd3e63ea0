package dev.stele.server.projection;

/**
 * One-time keys of a device that are asked for.
 *
 * @param count how many, at least 1
 */
public record WantedKeys(String userId, String deviceId, String algorithm, int count) {}
