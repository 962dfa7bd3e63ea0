package dev.stele.server.sync;

import java.util.Set;

/**
 * Which state somebody sees of a room before they are in it. Client-server API, "Stripped state".
 */
final class StrippedState {
  static final Set<String> TYPES =
      Set.of(
          "m.room.create",
          "m.room.name",
          "m.room.avatar",
          "m.room.topic",
          "m.room.join_rules",
          "m.room.canonical_alias",
          "m.room.encryption");

  private StrippedState() {}
}
