package dev.stele.server.filter;

import com.fasterxml.jackson.databind.node.ObjectNode;
import org.jspecify.annotations.Nullable;

/**
 * Which events of rooms to include.
 *
 * @param events what is asked of every event
 * @param rooms the rooms
 * @param containsUrl whether the content must have, or must not have, a {@code url}; null if it
 *     does not matter
 * @param lazyLoadMembers whether to leave out members that nobody shown needs
 * @param includeRedundantMembers whether to repeat members that the client was shown before
 * @param unreadThreadNotifications whether to count notifications by thread
 */
public record RoomEventFilter(
    EventFilter events,
    Selection rooms,
    @Nullable Boolean containsUrl,
    boolean lazyLoadMembers,
    boolean includeRedundantMembers,
    boolean unreadThreadNotifications) {
  /** Includes every event. */
  public static final RoomEventFilter ALL =
      new RoomEventFilter(EventFilter.ALL, Selection.ALL, null, false, false, false);

  /**
   * Reads a filter.
   *
   * @throws InvalidFilter if it is none
   */
  public static RoomEventFilter parse(ObjectNode json) {
    return read(new FilterReader(json));
  }

  static RoomEventFilter read(FilterReader json) {
    return new RoomEventFilter(
        EventFilter.read(json),
        Selection.exact(json.names("rooms", "!"), json.names("not_rooms", "!")),
        json.bool("contains_url"),
        json.bool("lazy_load_members", false),
        json.bool("include_redundant_members", false),
        json.bool("unread_thread_notifications", false));
  }

  /** Whether events of this room are included at all. */
  public boolean matchesRoom(String roomId) {
    return rooms.includes(roomId);
  }

  /** Whether an event of an included room is included itself. */
  public boolean matches(String type, String sender, ObjectNode content) {
    return events.matches(type, sender)
        && (containsUrl == null || containsUrl == content.has("url"));
  }
}
