package dev.stele.server.projection;

import java.util.List;

/**
 * A stretch of the log, as far as it concerns one room.
 *
 * @param roomId the room
 * @param after the position after which something has to begin
 * @param from the first position that counts
 * @param to the last position that counts
 */
public record RoomSpan(String roomId, long after, long from, long to) {
  static String[] rooms(List<RoomSpan> spans) {
    return spans.stream().map(RoomSpan::roomId).toArray(String[]::new);
  }

  static Long[] afters(List<RoomSpan> spans) {
    return spans.stream().map(RoomSpan::after).toArray(Long[]::new);
  }

  static Long[] froms(List<RoomSpan> spans) {
    return spans.stream().map(RoomSpan::from).toArray(Long[]::new);
  }

  static Long[] tos(List<RoomSpan> spans) {
    return spans.stream().map(RoomSpan::to).toArray(Long[]::new);
  }
}
