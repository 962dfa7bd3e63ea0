package dev.stele.server.sync;

import dev.stele.server.projection.StateRow;
import java.util.Set;

/**
 * Which state somebody sees of a room before they are in it. Client-server API, "Stripped state".
 */
final class StrippedState {
  private static final Set<String> TYPES =
      Set.of(
          "m.room.create",
          "m.room.name",
          "m.room.avatar",
          "m.room.topic",
          "m.room.join_rules",
          "m.room.canonical_alias",
          "m.room.encryption");

  private StrippedState() {}

  static boolean shows(StateRow row, String userId) {
    return row.type().equals("m.room.member")
        ? row.stateKey().equals(userId)
        : row.stateKey().isEmpty() && TYPES.contains(row.type());
  }
}
