package dev.stele.server.http;

/**
 * Who asks, as the access token tells.
 *
 * @param userId the full user id
 * @param deviceId the device that the token belongs to
 * @param admin whether the user administers this server
 * @param guest whether this is a guest account
 * @param tokenId what the account package knows the token by; never the token itself
 */
public record Requester(
    String userId, String deviceId, boolean admin, boolean guest, String tokenId) {}
