package dev.stele.server.sliding;

import dev.stele.server.unread.Counts;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a room looks like to a user.
 *
 * @param membership the user's membership
 * @param name its name, or null
 * @param avatar its avatar, or null
 * @param heroes the member events of those whom it may be named after, if it has no name
 * @param direct whether it is a direct chat
 * @param joined how many are in it
 * @param invited how many are invited
 * @param bumpStamp grows with each proper activity
 * @param unread how much of it the user has not read
 */
public record RoomFace(
    String membership,
    @Nullable String name,
    @Nullable String avatar,
    List<String> heroes,
    boolean direct,
    long joined,
    long invited,
    long bumpStamp,
    Counts unread) {

  /** The same room with so much unread. */
  public RoomFace with(Counts counts) {
    return new RoomFace(
        membership, name, avatar, heroes, direct, joined, invited, bumpStamp, counts);
  }
}
