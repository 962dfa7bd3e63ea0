package dev.stele.server.projection;

/**
 * An event's place in its room.
 *
 * @param eventId the event
 * @param position its stream position
 * @param depth its depth in the DAG
 * @param redactedBy the position of the redaction that took its content away; 0 if there is none
 */
public record EventRow(String eventId, long position, long depth, long redactedBy) {
  /** Its place in the topological order. */
  public TopologicalPoint point() {
    return new TopologicalPoint(depth, position);
  }
}
