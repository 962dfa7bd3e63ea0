package dev.stele.server.projection;

import org.jspecify.annotations.Nullable;

/**
 * A refresh token of a device that is logged in.
 *
 * @param userId the user
 * @param deviceId the device
 * @param spent whether a later one took its place, so that it is void
 * @param nextTokenHash the hash of the access token that came with it, if neither was used yet
 */
public record RefreshTokenRow(
    String userId, String deviceId, boolean spent, @Nullable String nextTokenHash) {}
