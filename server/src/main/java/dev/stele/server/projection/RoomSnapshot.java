package dev.stele.server.projection;

import java.util.Map;

/**
 * A room as it stands, but for its state.
 *
 * @param version the room version's id
 * @param extremities the forward extremities: event id to depth
 */
public record RoomSnapshot(String version, Map<String, Long> extremities) {}
