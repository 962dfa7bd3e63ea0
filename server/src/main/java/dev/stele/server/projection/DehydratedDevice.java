package dev.stele.server.projection;

import com.fasterxml.jackson.databind.JsonNode;

/**
 * A device that a user has left with the server.
 *
 * @param deviceId the device
 * @param deviceData its secrets, encrypted
 */
public record DehydratedDevice(String deviceId, JsonNode deviceData) {}
