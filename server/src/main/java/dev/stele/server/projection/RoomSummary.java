package dev.stele.server.projection;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A room as it looks from outside, now.
 *
 * @param roomId the room
 * @param created the position of its create event
 * @param nature what it is
 * @param look what people know it by
 * @param access who may come in, and look in
 * @param members how many have joined it or are invited
 * @param listed whether the room directory lists it
 */
public record RoomSummary(
    String roomId,
    long created,
    Nature nature,
    Look look,
    Access access,
    Members members,
    boolean listed) {

  /**
   * What a room is.
   *
   * @param version the room version's id
   * @param creator the sender of the create event
   * @param type the room type, such as {@code m.space}; empty for most rooms
   * @param predecessor the room that it replaced, or null
   * @param successor the room that replaced it, or null
   * @param encryption the algorithm that messages are encrypted by, or null
   */
  public record Nature(
      String version,
      String creator,
      String type,
      @Nullable String predecessor,
      @Nullable String successor,
      @Nullable String encryption) {
    /** Whether the room is there to hold other rooms. */
    public boolean isSpace() {
      return type.equals("m.space");
    }
  }

  /** What people know a room by; null is what it does not have. */
  public record Look(
      @Nullable String name,
      @Nullable String topic,
      @Nullable String canonicalAlias,
      @Nullable String avatarUrl) {}

  /**
   * Who may come in, and look in.
   *
   * @param joinRule the join rule
   * @param allowedRooms the rooms whose members may join, by a restricted join rule
   * @param guestsMayJoin whether guests may join
   * @param worldReadable whether everybody may read what is said
   */
  public record Access(
      String joinRule, List<String> allowedRooms, boolean guestsMayJoin, boolean worldReadable) {}

  /** How many members a room has. */
  public record Members(long joined, long invited) {}
}
