package dev.stele.server.filter;

/**
 * What to include of rooms.
 *
 * @param rooms the rooms, before any of the filters below
 * @param includeLeave whether to include rooms that the user has left
 * @param timeline events of the timeline
 * @param state state before the timeline
 * @param ephemeral typing notices and receipts
 * @param accountData the user's data for the room
 */
public record RoomFilter(
    Selection rooms,
    boolean includeLeave,
    RoomEventFilter timeline,
    RoomEventFilter state,
    RoomEventFilter ephemeral,
    RoomEventFilter accountData) {
  /** Includes everything but the rooms that the user has left. */
  public static final RoomFilter ALL =
      new RoomFilter(
          Selection.ALL,
          false,
          RoomEventFilter.ALL,
          RoomEventFilter.ALL,
          RoomEventFilter.ALL,
          RoomEventFilter.ALL);

  static RoomFilter read(FilterReader json) {
    return new RoomFilter(
        Selection.exact(json.names("rooms", "!"), json.names("not_rooms", "!")),
        json.bool("include_leave", false),
        RoomEventFilter.read(json.object("timeline")),
        RoomEventFilter.read(json.object("state")),
        RoomEventFilter.read(json.object("ephemeral")),
        RoomEventFilter.read(json.object("account_data")));
  }
}
