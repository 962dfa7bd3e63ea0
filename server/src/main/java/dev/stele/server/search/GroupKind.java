package dev.stele.server.search;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** What the results of a group have in common. */
public enum GroupKind {
  ROOM_ID,
  SENDER;

  /** The name in requests and answers. */
  public String wire() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** The kind of this name. */
  public static Optional<GroupKind> of(String wire) {
    return Arrays.stream(values()).filter(kind -> kind.wire().equals(wire)).findFirst();
  }

  /** The room or the sender of a result. */
  public String key(Found found) {
    return this == ROOM_ID ? found.roomId() : found.event().event().pdu().sender();
  }
}
