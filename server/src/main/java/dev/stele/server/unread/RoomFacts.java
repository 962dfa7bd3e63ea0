package dev.stele.server.unread;

import dev.stele.server.event.KnownEvent;
import dev.stele.server.projection.MemberCounts;
import dev.stele.server.push.RoomContext;
import dev.stele.stateres.auth.PowerLevels;
import dev.stele.stateres.event.Pdu;
import org.jspecify.annotations.Nullable;

/**
 * What push rules ask of a room, as of a position. Immutable.
 *
 * @param position up to where it is known
 * @param joined how many are in the room
 * @param countedUpTo the newest member event that counts in that number
 * @param create the room's create event
 * @param levels who has which power
 */
record RoomFacts(long position, long joined, long countedUpTo, Pdu create, PowerLevels levels) {
  static RoomFacts of(long now, MemberCounts counts, Pdu create, PowerLevels levels) {
    long counted = counts.position();
    return new RoomFacts(now, counts.joined(), counted, create, levels);
  }

  RoomContext context(@Nullable String displayName) {
    return new RoomContext(joined, levels, displayName);
  }

  RoomFacts at(long now) {
    return new RoomFacts(now, joined, countedUpTo, create, levels);
  }

  /** Whether an event changes how many are in the room. */
  boolean counts(KnownEvent event) {
    return event.position() > countedUpTo
        && event.pdu().isState()
        && event.pdu().type().equals("m.room.member");
  }

  /**
   * With the next event of the room.
   *
   * @param replaced the state that it replaces, if it is known
   */
  RoomFacts plus(KnownEvent event, @Nullable KnownEvent replaced) {
    Pdu pdu = event.pdu();
    if (pdu.isState("m.room.power_levels", "")) {
      PowerLevels now = PowerLevels.of(pdu.version(), pdu, create);
      return new RoomFacts(position, joined, countedUpTo, create, now);
    }
    if (!counts(event)) {
      return this;
    }
    int change = in(pdu) - (replaced == null ? 0 : in(replaced.pdu()));
    return new RoomFacts(position, joined + change, event.position(), create, levels);
  }

  private static int in(Pdu member) {
    return "join".equals(member.contentText("membership")) ? 1 : 0;
  }
}
