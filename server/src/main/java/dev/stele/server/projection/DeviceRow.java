package dev.stele.server.projection;

import org.jspecify.annotations.Nullable;

/**
 * A device that is logged in.
 *
 * @param userId whose it is
 * @param deviceId its id, unique for the user
 * @param tokenHash the hash of its access token, as in {@link dev.stele.server.record.DeviceOpened}
 * @param displayName its name, or null
 */
public record DeviceRow(
    String userId, String deviceId, String tokenHash, @Nullable String displayName) {}
