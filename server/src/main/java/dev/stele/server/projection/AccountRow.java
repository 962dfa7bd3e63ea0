package dev.stele.server.projection;

import org.jspecify.annotations.Nullable;

/**
 * An account.
 *
 * @param userId the full user id
 * @param admin whether the user may administer the server
 * @param guest whether it is a guest account
 * @param passwordHash the password in PHC string form, or null when the account has none
 */
public record AccountRow(
    String userId, boolean admin, boolean guest, @Nullable String passwordHash) {}
