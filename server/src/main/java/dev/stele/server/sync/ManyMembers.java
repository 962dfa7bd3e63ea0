package dev.stele.server.sync;

import java.util.Set;

/**
 * The members of a room that go with a timeline, to be read bit by bit. See {@link StateDelta} for
 * what the positions mean.
 *
 * @param roomId the room
 * @param start the position of the timeline's first event, or the one after {@code end}
 * @param end the position as of which the client is to know the state
 * @param shown the events that the timeline shows
 */
public record ManyMembers(String roomId, long start, long end, Set<String> shown) {}
