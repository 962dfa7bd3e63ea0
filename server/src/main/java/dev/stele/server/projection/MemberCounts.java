package dev.stele.server.projection;

/**
 * How many are in a room.
 *
 * @param joined how many are in it
 * @param invited how many are invited
 * @param position the position of the newest member event that counts here
 */
public record MemberCounts(long joined, long invited, long position) {
  /** Of a room that nobody ever was in. */
  public static final MemberCounts NONE = new MemberCounts(0, 0, 0);
}
