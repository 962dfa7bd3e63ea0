package dev.stele.server.record;

/**
 * A fact after which a user's devices or cross-signing keys may look different to others: those who
 * share a room with the user are told to ask for them anew.
 *
 * <p>Client-server API, "Tracking the device list for a user". Who tells others reacts to this
 * interface alone and never to single kinds; a new kind of such a fact implements it.
 */
public interface DeviceListChange {
  /** The user whose devices or keys changed. */
  String userId();

  /** Whether others can see any difference: of a device that has no keys they know nothing. */
  default boolean looksDifferent() {
    return true;
  }
}
