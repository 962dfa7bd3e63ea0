package dev.stele.server.projection;

import java.util.List;
import java.util.Map;

/**
 * A room as it stands.
 *
 * @param version the room version's id
 * @param extremities the forward extremities: event id to depth
 * @param state the current state
 */
public record RoomSnapshot(String version, Map<String, Long> extremities, List<StateRow> state) {}
