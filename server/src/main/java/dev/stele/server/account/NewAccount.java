package dev.stele.server.account;

import org.jspecify.annotations.Nullable;

/**
 * An account to make.
 *
 * @param username the wished localpart, or null to be given one
 * @param password the password; whether it is good enough is for the caller to say
 * @param admin whether the user may administer the server
 * @param device the device to log in on at once, or null
 */
public record NewAccount(
    @Nullable String username, String password, boolean admin, @Nullable NewDevice device) {}
