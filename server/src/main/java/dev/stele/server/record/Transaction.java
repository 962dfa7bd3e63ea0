package dev.stele.server.record;

/**
 * A request that its device may repeat, to be carried out once.
 *
 * @param userId the user
 * @param deviceId the device
 * @param scope what the request's path says besides the transaction id
 * @param id the transaction id
 */
public record Transaction(String userId, String deviceId, String scope, String id) {}
