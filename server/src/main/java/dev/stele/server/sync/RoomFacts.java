package dev.stele.server.sync;

import dev.stele.stateres.event.Pdu;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What lists of rooms are ordered and filtered by. Loaded once and folded from then on; to fold
 * something twice changes nothing. Belongs to one event loop.
 */
final class RoomFacts {
  /** What counts as proper activity. MSC4186, {@code bump_stamp}. */
  static final Set<String> BUMPING =
      Set.of(
          "m.room.create",
          "m.room.message",
          "m.room.encrypted",
          "m.sticker",
          "m.call.invite",
          "m.poll.start",
          "org.matrix.msc3381.poll.start",
          "m.beacon_info",
          "org.matrix.msc3672.beacon_info");

  private final String type;
  private long last;
  private long bump;
  private boolean encrypted;

  /**
   * @param last the position of the newest event
   * @param bump the position of the newest proper activity
   * @param create the create event, if it is known
   */
  RoomFacts(long last, long bump, boolean encrypted, @Nullable Pdu create) {
    String roomType = create == null ? null : create.contentText("type");
    this.type = roomType == null ? "" : roomType;
    this.last = last;
    this.bump = bump;
    this.encrypted = encrypted;
  }

  void fold(long position, Pdu event) {
    last = Math.max(last, position);
    if (BUMPING.contains(event.type())) {
      bump = Math.max(bump, position);
    }
    encrypted |= event.isState("m.room.encryption", "");
  }

  /** The room type, empty for none. */
  String type() {
    return type;
  }

  long last() {
    return last;
  }

  long bump() {
    return bump;
  }

  boolean encrypted() {
    return encrypted;
  }
}
