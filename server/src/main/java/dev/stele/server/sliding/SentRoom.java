package dev.stele.server.sliding;

/**
 * What a connection has been sent of a room.
 *
 * @param position up to which position of the log
 * @param typing up to which count of typing notices
 * @param config how much was wanted
 * @param face how it looked
 */
public record SentRoom(long position, long typing, RoomConfig config, RoomFace face) {}
