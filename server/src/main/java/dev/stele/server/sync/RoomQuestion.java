package dev.stele.server.sync;

/**
 * What to tell of a room.
 *
 * @param roomId the room
 * @param after the position after which things are new; 0 for everything
 * @param upTo the last position that counts
 * @param whole whether to tell all state rather than its changes
 * @param announced the position of an event that is told whatever the room lets the user see, since
 *     it is why the room is told at all: the end of their own membership; 0 for none
 */
record RoomQuestion(String roomId, long after, long upTo, boolean whole, long announced) {}
