package dev.stele.eventstore;

/** What became of an {@link Append}. */
public sealed interface Appended {

  /**
   * The records are durable.
   *
   * @param first the position of the first record; the others follow without gaps
   */
  record Committed(long first) implements Appended {}

  /**
   * Nothing was written: a claim is held already.
   *
   * @param claim the first claim that is held
   * @param holder the position of the record that holds it
   */
  record Conflict(Claim claim, long holder) implements Appended {}

  /** Nothing was written: an earlier append of the same lane was refused or failed. */
  record Aborted() implements Appended {}
}
