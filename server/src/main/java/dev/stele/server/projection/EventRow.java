package dev.stele.server.projection;

import org.jspecify.annotations.Nullable;

/**
 * An event's place in its room.
 *
 * @param eventId the event
 * @param position its stream position
 * @param depth its depth in the DAG
 * @param redactedBy the redaction that took its content away, or null
 */
public record EventRow(String eventId, long position, long depth, @Nullable String redactedBy) {
  /** Its place in the topological order. */
  public TopologicalPoint point() {
    return new TopologicalPoint(depth, position);
  }
}
