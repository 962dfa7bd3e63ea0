package dev.stele.server.projection;

/**
 * How much may wait for one device. When there is more, what its busiest sender sent goes, oldest
 * first, until a tenth is free: whoever floods a device takes from nobody but themselves.
 *
 * @param messages how many messages
 * @param bytes how many bytes they may have together
 */
public record InboxLimits(int messages, long bytes) {
  public static final InboxLimits DEFAULT = new InboxLimits(10_000, 32L << 20);

  public InboxLimits {
    if (messages < 1 || bytes < 1) {
      throw new IllegalArgumentException(
          "limits: " + messages + ", " + bytes + " (expected: at least 1)");
    }
  }

  boolean exceeded(long waiting, long waitingBytes) {
    return waiting > messages || waitingBytes > bytes;
  }

  /** What is left of an inbox that was too full. */
  InboxLimits afterwards() {
    return new InboxLimits(Math.max(1, messages - messages / 10), Math.max(1, bytes - bytes / 10));
  }
}
