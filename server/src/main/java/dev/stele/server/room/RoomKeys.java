package dev.stele.server.room;

import dev.stele.stateres.event.StateKey;
import java.util.Set;

/** The pieces of state that commands read. */
final class RoomKeys {
  static final StateKey CREATE = new StateKey("m.room.create", "");
  static final StateKey POWER_LEVELS = new StateKey("m.room.power_levels", "");
  static final Set<StateKey> POWER = Set.of(CREATE, POWER_LEVELS);

  private RoomKeys() {}

  static StateKey member(String userId) {
    return new StateKey("m.room.member", userId);
  }
}
