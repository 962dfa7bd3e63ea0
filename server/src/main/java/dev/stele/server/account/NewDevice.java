package dev.stele.server.account;

import org.jspecify.annotations.Nullable;

/**
 * The device that somebody logs in on.
 *
 * @param deviceId its id, or null to be given a new one
 * @param displayName a name for it in case it is not known yet, or null
 * @param refreshes whether its client can refresh access tokens
 */
public record NewDevice(
    @Nullable String deviceId, @Nullable String displayName, boolean refreshes) {}
