package dev.stele.server.projection;

import com.fasterxml.jackson.databind.JsonNode;

/**
 * A piece of account data.
 *
 * @param roomId the room that it is about; empty for global account data
 * @param type the event type
 * @param content the content, an object
 * @param position the position at which it was stored
 */
public record AccountDataRow(String roomId, String type, JsonNode content, long position) {}
