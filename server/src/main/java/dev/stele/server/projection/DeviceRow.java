package dev.stele.server.projection;

import org.jspecify.annotations.Nullable;

/**
 * A device that is logged in.
 *
 * @param userId whose it is
 * @param deviceId its id, unique for the user
 * @param displayName its name, or null
 * @param lastSeenIp where its last request on record came from, or null
 * @param lastSeenTs when that was, in milliseconds since the Unix epoch, or null
 */
public record DeviceRow(
    String userId,
    String deviceId,
    @Nullable String displayName,
    @Nullable String lastSeenIp,
    @Nullable Long lastSeenTs) {}
