package dev.stele.server.projection;

import org.jspecify.annotations.Nullable;

/**
 * An event's place in its room, with what can be asked of it without its content.
 *
 * @param eventId the event
 * @param position its stream position
 * @param depth its depth in the DAG
 * @param type its type
 * @param sender who sent it
 * @param stateKey its state key, or null for what is no state
 * @param redactedBy the redaction that took its content away, or null
 */
public record EventRow(
    String eventId,
    long position,
    long depth,
    String type,
    String sender,
    @Nullable String stateKey,
    @Nullable String redactedBy) {
  /** Its place in the topological order. */
  public TopologicalPoint point() {
    return new TopologicalPoint(depth, position);
  }

  /** Whether it is a state event. */
  public boolean isState() {
    return stateKey != null;
  }
}
