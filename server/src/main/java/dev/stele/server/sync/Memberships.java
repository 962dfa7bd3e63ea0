package dev.stele.server.sync;

import dev.stele.server.projection.MembershipRow;
import dev.stele.server.record.RoomEvent;
import dev.stele.stateres.event.Pdu;
import org.jspecify.annotations.Nullable;

/** Reads memberships off events. */
final class Memberships {
  private Memberships() {}

  /** Whether a member event says that its user is in the room. */
  static boolean isJoin(Pdu pdu) {
    return "join".equals(pdu.contentText("membership"));
  }

  /** Whether a member event says that its user is out of the room. */
  static boolean isDeparture(Pdu pdu) {
    String membership = pdu.contentText("membership");
    return "leave".equals(membership) || "ban".equals(membership);
  }

  /** The membership that an event gives a user; null if it is not about them. */
  static @Nullable MembershipRow row(String userId, long position, RoomEvent event) {
    Pdu pdu = event.pdu();
    String membership = pdu.contentText("membership");
    return pdu.isState("m.room.member", userId) && membership != null
        ? new MembershipRow(
            userId, pdu.roomId(), membership, position, pdu.eventId(), pdu.sender(), false)
        : null;
  }
}
