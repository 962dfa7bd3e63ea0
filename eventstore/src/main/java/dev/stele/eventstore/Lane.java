package dev.stele.eventstore;

/**
 * An ordered series of appends of which each builds on the ones before it, such as the events of
 * one room. Once an append of a lane is refused or fails, every later append of the same lane is
 * {@link Appended.Aborted}: the submitter drops what it held, reads the log again and takes a new
 * lane.
 *
 * <p>Thread-safe.
 */
public final class Lane {
  private volatile boolean broken;

  /** Whether an append of this lane was refused or failed. */
  public boolean isBroken() {
    return broken;
  }

  /** Marks the lane: from here on its appends are aborted. For implementations of the log. */
  public void breakOff() {
    broken = true;
  }
}
