package dev.stele.server.sliding;

import java.util.Set;

/**
 * A room as lists see it.
 *
 * @param membership the user's membership
 * @param recency the position of the last that happened there
 * @param direct whether it is a direct chat
 * @param encrypted whether it is encrypted; false where that cannot be known
 * @param type the room type, empty for none
 * @param tags the user's tags of it
 * @param spaces the spaces asked for that it is in
 */
public record ListedRoom(
    String roomId,
    String membership,
    long recency,
    boolean direct,
    boolean encrypted,
    String type,
    Set<String> tags,
    Set<String> spaces) {}
