package dev.stele.server.projection;

import com.fasterxml.jackson.databind.node.ObjectNode;

/**
 * The identity keys of a device.
 *
 * @param keys as they were uploaded, with the signature of the device itself and no other
 */
public record DeviceKeyRow(String userId, String deviceId, ObjectNode keys) {}
