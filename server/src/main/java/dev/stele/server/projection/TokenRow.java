package dev.stele.server.projection;

import org.jspecify.annotations.Nullable;

/**
 * Whom an access token stands for.
 *
 * @param userId the user
 * @param deviceId the device
 * @param admin whether the user may administer the server
 * @param guest whether it is a guest account
 * @param expiresAt when it expires, in milliseconds since the Unix epoch; null if never
 * @param next whether it is the device's next token, which was not used yet
 */
public record TokenRow(
    String userId,
    String deviceId,
    boolean admin,
    boolean guest,
    @Nullable Long expiresAt,
    boolean next) {}
