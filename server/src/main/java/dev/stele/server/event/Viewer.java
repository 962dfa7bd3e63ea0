package dev.stele.server.event;

/**
 * Whom events are shown to.
 *
 * @param userId the user
 * @param deviceId the device, which sees the transaction ids of what it sent
 */
public record Viewer(String userId, String deviceId) {}
