package dev.stele.server.projection;

/**
 * A message that waits for a device.
 *
 * @param position the record that brought it
 * @param number which of the record's contents it has
 * @param sender who sent it
 * @param bytes the size of its content
 */
record InboxRow(long position, int number, String sender, int bytes) {
  /** Short messages take room as well. */
  private static final int OVERHEAD = 500;

  long weight() {
    return (long) OVERHEAD + bytes;
  }
}
