package dev.stele.server.room;

import java.util.Arrays;
import java.util.Optional;

/** A set of defaults for a new room. Client-server API, "Creation". */
public enum RoomPreset {
  PRIVATE_CHAT("private_chat", "invite", "can_join"),
  TRUSTED_PRIVATE_CHAT("trusted_private_chat", "invite", "can_join"),
  PUBLIC_CHAT("public_chat", "public", "forbidden");

  /** What all presets say of the history. */
  static final String HISTORY_VISIBILITY = "shared";

  private final String wire;
  private final String joinRule;
  private final String guestAccess;

  RoomPreset(String wire, String joinRule, String guestAccess) {
    this.wire = wire;
    this.joinRule = joinRule;
    this.guestAccess = guestAccess;
  }

  /** The preset of this name. */
  public static Optional<RoomPreset> of(String name) {
    return Arrays.stream(values()).filter(preset -> preset.wire.equals(name)).findFirst();
  }

  String joinRule() {
    return joinRule;
  }

  String guestAccess() {
    return guestAccess;
  }

  /** Whether whoever is invited has the creator's power. */
  boolean trustsInvitees() {
    return this == TRUSTED_PRIVATE_CHAT;
  }
}
