package dev.stele.server.sliding;

import java.util.Collections;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Which rooms a list is of; null where it does not matter.
 *
 * @param roomTypes the room types, empty for rooms without one
 */
public record ListFilters(
    @Nullable Boolean direct,
    @Nullable Boolean encrypted,
    @Nullable Boolean invited,
    @Nullable Set<String> spaces,
    @Nullable Set<String> roomTypes,
    @Nullable Set<String> notRoomTypes,
    @Nullable Set<String> tags,
    @Nullable Set<String> notTags) {
  /** All rooms. */
  public static final ListFilters NONE =
      new ListFilters(null, null, null, null, null, null, null, null);

  /** Whether a room belongs to the list. */
  public boolean match(ListedRoom room) {
    return agrees(direct, room.direct())
        && agrees(encrypted, room.encrypted())
        && agrees(invited, room.membership().equals("invite"))
        && (spaces == null || !Collections.disjoint(spaces, room.spaces()))
        && (roomTypes == null || roomTypes.contains(room.type()))
        && (notRoomTypes == null || !notRoomTypes.contains(room.type()))
        && (tags == null || !Collections.disjoint(tags, room.tags()))
        && (notTags == null || Collections.disjoint(notTags, room.tags()));
  }

  private static boolean agrees(@Nullable Boolean wanted, boolean is) {
    return wanted == null || wanted == is;
  }
}
