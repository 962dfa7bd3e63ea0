package dev.stele.server.projection;

/**
 * How rows of {@code room_event} are found by their room, in SQL: by a hash of its id, which is all
 * that the indexes hold of it. Two rooms may have the same one, so each condition asks for the room
 * itself as well. That is said in a way which the planner makes no guess from: by its rules for
 * columns it would count the room twice, expect next to no rows, and then sort all of a room
 * instead of reading a page of it in the order of an index.
 *
 * <p>Arguments are SQL: the table's alias, then parameters or columns.
 */
final class RoomKey {
  private RoomKey() {}

  /** The key of a room. */
  static String of(String room) {
    return "hashtextextended(" + room + ", 0)";
  }

  /** Whether a row is of a room. */
  static String isOf(String alias, String room) {
    return alias + ".room_key = " + of(room) + " AND " + certain(alias + ".room_id = " + room);
  }

  /**
   * Whether a row is of a room and has a type. No other index than that of types can answer it, so
   * a type that is rare in its room is found by it even where the planner knows of no such type.
   */
  static String isOf(String alias, String room, String type) {
    return "hashtextextended("
        + alias
        + ".type, "
        + alias
        + ".room_key) = hashtextextended("
        + type
        + ", "
        + of(room)
        + ") AND "
        + certain(alias + ".room_id = " + room + " AND " + alias + ".type = " + type);
  }

  /** Whether a row is the event at a position of the log, which is of no other room. */
  static String isAt(String alias, String room, String position) {
    return alias + ".room_key = " + of(room) + " AND " + alias + ".position = " + position;
  }

  private static String certain(String condition) {
    return "coalesce(" + condition + ", false)";
  }
}
