package dev.stele.server.projection;

import com.fasterxml.jackson.databind.JsonNode;

/**
 * A message that was sent to a device.
 *
 * @param position its place in the log, by which a device's messages are ordered
 * @param sender who sent it
 * @param type the event type
 * @param content what it says, an object
 */
public record InboxMessage(long position, String sender, String type, JsonNode content) {}
