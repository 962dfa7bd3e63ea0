package dev.stele.server.projection;

/**
 * A user's present membership of a room.
 *
 * @param userId the user
 * @param roomId the room
 * @param membership {@code join}, {@code invite}, {@code knock}, {@code leave} or {@code ban}
 * @param position the position from which on it holds
 * @param eventId the member event
 * @param sender who sent the member event
 * @param forgotten whether the user has forgotten the room since
 */
public record MembershipRow(
    String userId,
    String roomId,
    String membership,
    long position,
    String eventId,
    String sender,
    boolean forgotten) {}
