package dev.stele.server.account;

/**
 * Whom an access token stands for.
 *
 * @param userId the user
 * @param deviceId the device that the token belongs to
 * @param admin whether the user may administer the server
 * @param guest whether it is a guest account
 * @param tokenHash the token's hash
 */
public record TokenOwner(
    String userId, String deviceId, boolean admin, boolean guest, String tokenHash) {}
