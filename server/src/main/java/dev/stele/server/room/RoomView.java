package dev.stele.server.room;

import dev.stele.stateres.event.Pdu;
import dev.stele.stateres.event.StateKey;
import dev.stele.stateres.version.RoomVersion;
import org.jspecify.annotations.Nullable;

/** A room's present state, as far as a command has said that it reads it. */
public interface RoomView {
  /** The room's version. */
  RoomVersion version();

  /** The event that holds this piece of state, or null. */
  @Nullable Pdu state(StateKey key);

  /** The member event of a user, or null. */
  default @Nullable Pdu member(String userId) {
    return state(new StateKey("m.room.member", userId));
  }

  /** The user's membership; {@code leave} for whoever never had one. */
  default String membership(String userId) {
    Pdu member = member(userId);
    return member == null ? "leave" : member.content().path("membership").asText("leave");
  }
}
