package dev.stele.server.sync;

import dev.stele.server.projection.EventRow;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Who is in a room, in short. Client-server API, {@code RoomSummary}.
 *
 * @param named whether the room has a name or a canonical alias
 * @param name the name, or null
 * @param avatar the avatar, or null
 * @param heroes the member events of those whom the room may be named after: the first members
 *     other than the viewer
 * @param joined how many are in the room
 * @param invited how many are invited
 */
record MemberSummary(
    boolean named,
    @Nullable String name,
    @Nullable String avatar,
    List<EventRow> heroes,
    long joined,
    long invited) {
  static final int HEROES = 5;

  /** Whether such a change of state may change a summary. */
  static boolean concerns(String type) {
    return switch (type) {
      case "m.room.member", "m.room.name", "m.room.canonical_alias" -> true;
      default -> false;
    };
  }

  /** The heroes whom a client has to be told of. */
  List<EventRow> neededHeroes() {
    return named ? List.of() : heroes;
  }
}
