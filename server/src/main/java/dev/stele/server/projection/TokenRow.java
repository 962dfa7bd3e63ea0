package dev.stele.server.projection;

/**
 * Whom an access token stands for.
 *
 * @param userId the user
 * @param deviceId the device
 * @param admin whether the user may administer the server
 * @param guest whether it is a guest account
 */
public record TokenRow(String userId, String deviceId, boolean admin, boolean guest) {}
