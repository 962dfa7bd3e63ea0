package dev.stele.server.projection;

import io.vertx.core.Future;
import io.vertx.sqlclient.Tuple;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * Questions about what was said in rooms, each answered from an index. Answers include everything
 * that was committed when the question was asked. Thread-safe; futures fail only when the database
 * does.
 */
public final class Timelines {
  private static final String IN_ROOM = RoomRows.SELECT_EVENT + "WHERE " + RoomKey.isOf("e", "$1");
  static final String FIRST_FROM = IN_ROOM + " AND e.position >= $2 ORDER BY e.position LIMIT 1";
  static final String LAST_UNTIL =
      IN_ROOM + " AND e.position <= $2 ORDER BY e.position DESC LIMIT 1";
  static final String NEWEST =
      IN_ROOM + " AND e.position > $2 AND e.position <= $3 ORDER BY e.position DESC LIMIT $4";
  static final String AT = IN_ROOM + " AND e.position = $2";

  /** Each looked up for itself, and not in an index that happens to hold positions as well. */
  static final String AT_ANY =
      "SELECT e.* FROM unnest($2::bigint[]) AS q (position) CROSS JOIN LATERAL ("
          + IN_ROOM
          + " AND e.position = q.position OFFSET 0) AS e";

  static final String STREAM =
      "SELECT e.*, q.room_id FROM unnest($1::text[]) AS q (room_id) CROSS JOIN LATERAL ("
          + RoomRows.SELECT_EVENT
          + "WHERE "
          + RoomKey.isOf("e", "q.room_id")
          + " AND e.position > $2 AND e.position <= $3 ORDER BY e.position LIMIT $4) AS e";

  private final Questions questions;

  Timelines(Questions questions) {
    this.questions = questions;
  }

  /** Up to {@code limit} events before a point of the topological order, latest first. */
  public Future<List<FoundEvent>> before(
      String roomId, TimelineScan scan, TopologicalPoint point, int limit) {
    return scan(scan, "<", "DESC", Tuple.of(roomId, point.depth(), point.position(), limit));
  }

  /** Up to {@code limit} events after a point of the topological order, earliest first. */
  public Future<List<FoundEvent>> after(
      String roomId, TimelineScan scan, TopologicalPoint point, int limit) {
    return scan(scan, ">", "ASC", Tuple.of(roomId, point.depth(), point.position(), limit));
  }

  private Future<List<FoundEvent>> scan(
      TimelineScan scan, String side, String direction, Tuple parameters) {
    if (scan instanceof TimelineScan.OfTypes ofTypes) {
      return questions.all(
          ofTypes(side, direction),
          parameters.addArrayOfString(ofTypes.types().toArray(String[]::new)),
          RoomRows::found);
    }
    String url = scan instanceof TimelineScan.WithUrl ? " AND e.has_url" : "";
    return questions.all(everything(side, direction, url), parameters, RoomRows::found);
  }

  static String everything(String side, String direction, String condition) {
    return page(RoomKey.isOf("e", "$1") + condition, side, direction);
  }

  private static String page(String condition, String side, String direction) {
    return RoomRows.SELECT_EVENT
        + "WHERE "
        + condition
        + " AND (e.depth, e.position) "
        + side
        + " ($2, $3) ORDER BY e.depth "
        + direction
        + ", e.position "
        + direction
        + " LIMIT $4";
  }

  /** The first of each type, then the first of those: so that no other type is ever looked at. */
  static String ofTypes(String side, String direction) {
    return "SELECT e.* FROM unnest($5::text[]) AS wanted (type) CROSS JOIN LATERAL ("
        + page(RoomKey.isOf("e", "$1", "wanted.type"), side, direction)
        + ") AS e ORDER BY e.depth "
        + direction
        + ", e.position "
        + direction
        + " LIMIT $4";
  }

  /**
   * Of each room up to {@code limit} events after one position and up to another, in stream order.
   */
  public Future<Map<String, List<FoundEvent>>> stream(
      Collection<String> roomIds, long after, long upTo, int limit) {
    return questions
        .all(
            STREAM,
            Tuple.tuple()
                .addArrayOfString(roomIds.toArray(String[]::new))
                .addLong(after)
                .addLong(upTo)
                .addInteger(limit),
            row -> Map.entry(row.getString("room_id"), RoomRows.found(row)))
        .map(
            rows ->
                rows.stream()
                    .collect(
                        Collectors.groupingBy(
                            Map.Entry::getKey,
                            Collectors.mapping(Map.Entry::getValue, Collectors.toList()))));
  }

  /** The room's first event at or after a position, in stream order. */
  public Future<Optional<FoundEvent>> firstFrom(String roomId, long position) {
    return questions.one(FIRST_FROM, Tuple.of(roomId, position), RoomRows::found);
  }

  /** The room's last event at or before a position, in stream order. */
  public Future<Optional<FoundEvent>> lastUntil(String roomId, long position) {
    return questions.one(LAST_UNTIL, Tuple.of(roomId, position), RoomRows::found);
  }

  /**
   * Up to {@code limit} events that were sent after a time and position, in order of time.
   *
   * @param time in milliseconds since the Unix epoch
   */
  public Future<List<FoundEvent>> sentAfter(String roomId, long time, long position, int limit) {
    return questions.all(
        sent(">", "ASC"), Tuple.of(roomId, time, position, limit), RoomRows::found);
  }

  /** Up to {@code limit} events that were sent before a time and position, the latest first. */
  public Future<List<FoundEvent>> sentBefore(String roomId, long time, long position, int limit) {
    return questions.all(
        sent("<", "DESC"), Tuple.of(roomId, time, position, limit), RoomRows::found);
  }

  static String sent(String side, String direction) {
    return RoomRows.SELECT_EVENT
        + "WHERE "
        + RoomKey.isOf("e", "$1")
        + " AND (e.origin_server_ts, e.position) "
        + side
        + " ($2, $3) ORDER BY e.origin_server_ts "
        + direction
        + ", e.position "
        + direction
        + " LIMIT $4";
  }

  /**
   * The newest events after one position and up to another, newest first, at most {@code limit}: in
   * stream order.
   */
  public Future<List<EventRow>> newest(String roomId, long after, long upTo, int limit) {
    return questions.all(NEWEST, Tuple.of(roomId, after, upTo, limit), RoomRows::event);
  }

  /** The room's event at a position. */
  public Future<Optional<EventRow>> at(String roomId, long position) {
    return questions.one(AT, Tuple.of(roomId, position), RoomRows::event);
  }

  /** The room's events at these positions, in no particular order. */
  public Future<List<EventRow>> at(String roomId, List<Long> positions) {
    return questions.all(
        AT_ANY, Tuple.of(roomId, (Object) positions.toArray(Long[]::new)), RoomRows::event);
  }
}
