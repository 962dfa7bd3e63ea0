package dev.stele.server.room;

/**
 * How much a room may hold.
 *
 * @param commands how many commands may wait for it
 * @param known how many pieces of its state may be known besides those that are on their way to the
 *     log; beyond it, it is better to read again what is needed
 */
record RoomLimits(int commands, int known) {
  static final RoomLimits DEFAULT = new RoomLimits(10_000, 20_000);
}
