package dev.stele.server.projection;

/**
 * A refresh token of a device that is logged in.
 *
 * @param userId the user
 * @param deviceId the device
 * @param spent whether a later one took its place, so that it is void
 */
public record RefreshTokenRow(String userId, String deviceId, boolean spent) {}
