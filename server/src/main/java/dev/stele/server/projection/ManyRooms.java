package dev.stele.server.projection;

import io.vertx.core.Future;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.Tuple;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * Questions about many rooms at once, each of them one statement whatever the number of rooms.
 * Answers are by room; rooms that have none are left out. Thread-safe, as {@link Rooms}.
 *
 * <p>Where a table has an index for either end of an interval, {@code + 0} keeps the planner from
 * the one that would read all of a room.
 */
public final class ManyRooms {
  private static final String SPANS =
      " FROM unnest($1::text[], $2::bigint[], $3::bigint[], $4::bigint[])"
          + " AS q (room_id, after_, from_, to_) ";
  private static final String STATE = "SELECT " + RoomRows.STATE;
  private static final String STATE_CONDITION =
      "s.until >= q.from_ AND s.since + 0 > q.after_ AND s.since + 0 <= q.to_";

  private final Questions questions;

  ManyRooms(Questions questions) {
    this.questions = questions;
  }

  /** The newest events of each span, newest first, at most {@code limit} of a room. */
  public Future<Map<String, List<FoundEvent>>> newest(List<RoomSpan> spans, int limit) {
    return byRoom(newestSql(), spans(spans).addInteger(limit), RoomRows::found);
  }

  /**
   * Where a span begins is asked outside, so that what is inside reads no more than it may return,
   * from the end of an index.
   */
  static String newestSql() {
    return "SELECT e.room_id, e.event_id, e.position, e.depth, e.type, e.sender, e.state_key,"
        + " e.redacted_by, e.origin_server_ts, e.has_url"
        + SPANS
        + "CROSS JOIN LATERAL (SELECT * FROM projection.room_event t"
        + " WHERE "
        + RoomKey.isOf("t", "q.room_id")
        + " AND t.position <= q.to_ ORDER BY t.room_key DESC, t.position DESC LIMIT $5) e"
        + " WHERE e.position > q.after_ AND e.position >= q.from_ ORDER BY e.position DESC";
  }

  /**
   * The newest events of all these rooms together before a position, newest first. Looks into no
   * more rooms than it finds events.
   */
  public Future<List<FoundEvent>> newestOfAll(Collection<String> roomIds, long before, int limit) {
    return questions.all(
        newestOfAllSql(), Tuple.of(roomIds.toArray(String[]::new), before, limit), RoomRows::found);
  }

  static String newestOfAllSql() {
    String before =
        " CROSS JOIN LATERAL (SELECT * FROM projection.room_event t"
            + " WHERE "
            + RoomKey.isOf("t", "q.room_id")
            + " AND t.position < $2 ORDER BY t.position DESC LIMIT ";
    return "SELECT e.* FROM (SELECT q.room_id FROM unnest($1::text[]) AS q (room_id)"
        + before
        + "1) latest ORDER BY latest.position DESC LIMIT $3) q"
        + before
        + "$3) e ORDER BY e.position DESC LIMIT $3";
  }

  /**
   * All state that holds anywhere between a position before {@code from} and {@code to}: what held
   * just before {@code from} and what holds at {@code to} are among it. At most {@code limit} rows
   * of a room: fewer are all that there are.
   */
  public Future<Map<String, List<StateRow>>> state(List<RoomSpan> spans, int limit) {
    return byRoom(stateSql(), spans(spans).addInteger(limit), RoomRows::state);
  }

  static String stateSql() {
    return STATE + SPANS + rows(STATE_CONDITION, "LIMIT $5") + RoomRows.EVENT_OF_STATE;
  }

  /** As {@link #state}, without members, whose number does not matter to the cost. */
  public Future<Map<String, List<StateRow>>> stateButMembers(List<RoomSpan> spans) {
    return byRoom(stateButMembersSql(), spans(spans), RoomRows::state);
  }

  static String stateButMembersSql() {
    return notMembers("<") + " UNION ALL " + notMembers(">");
  }

  private static String notMembers(String order) {
    return each(
        "s.type " + order + " 'm.room.member' AND s.until + 0 >= q.from_ AND s.since + 0 <= q.to_");
  }

  /** The state of each span's room that meets a condition, room by room whatever the numbers. */
  private static String each(String condition) {
    return STATE + SPANS + rows(condition) + RoomRows.EVENT_OF_STATE;
  }

  /** {@code OFFSET 0} keeps the planner from reading the whole table for many rooms. */
  private static String rows(String condition) {
    return rows(condition, "OFFSET 0");
  }

  private static String rows(String condition, String end) {
    return "CROSS JOIN LATERAL (SELECT * FROM projection.room_state s WHERE s.room_id = q.room_id"
        + " AND "
        + condition
        + " "
        + end
        + ") s";
  }

  /** As {@link #state}, but only what began to hold after {@code after}; costs what changed. */
  public Future<Map<String, List<StateRow>>> stateChanges(List<RoomSpan> spans) {
    return byRoom(stateChangesSql(), spans(spans), RoomRows::state);
  }

  static String stateChangesSql() {
    return each("s.since > q.after_ AND s.since <= q.to_ AND s.until + 0 >= q.from_");
  }

  /** As {@link #state}, but only these pieces. */
  public Future<Map<String, List<StateRow>>> pieces(Collection<StatePiece> pieces) {
    if (pieces.isEmpty()) {
      return Future.succeededFuture(new HashMap<>());
    }
    List<RoomSpan> spans = pieces.stream().map(StatePiece::span).toList();
    return byRoom(
        piecesSql(),
        spans(spans)
            .addArrayOfString(pieces.stream().map(StatePiece::type).toArray(String[]::new))
            .addArrayOfString(pieces.stream().map(StatePiece::stateKey).toArray(String[]::new)),
        RoomRows::state);
  }

  static String piecesSql() {
    return STATE
        + " FROM unnest($1::text[], $2::bigint[], $3::bigint[], $4::bigint[], $5::text[],"
        + " $6::text[]) AS q (room_id, after_, from_, to_, type, state_key)"
        + " "
        + rows(
            "s.type = q.type AND s.state_key = q.state_key AND s.until + 0 >= q.from_"
                + " AND s.since <= q.to_")
        + RoomRows.EVENT_OF_STATE;
  }

  /** Everything that one piece of state has ever been in each room, oldest first. */
  public Future<Map<String, List<StateRow>>> stateHistories(
      Collection<String> roomIds, String type, String stateKey) {
    return byRoom(
        stateHistoriesSql(),
        Tuple.of(roomIds.toArray(String[]::new), type, stateKey),
        RoomRows::state);
  }

  static String stateHistoriesSql() {
    return RoomRows.SELECT_STATE
        + "WHERE s.room_id = ANY($1) AND s.type = $2 AND s.state_key = $3 ORDER BY s.since";
  }

  /** Which of these rooms a user has forgotten. */
  public Future<Set<String>> forgotten(Collection<String> roomIds, String userId) {
    return questions
        .all(
            "SELECT room_id FROM projection.membership"
                + " WHERE user_id = $1 AND room_id = ANY($2) AND forgotten",
            Tuple.of(userId, (Object) roomIds.toArray(String[]::new)),
            row -> row.getString("room_id"))
        .map(HashSet::new);
  }

  /** Which of these rooms have so many members now, invited ones among them. */
  public Future<Set<String>> withMembers(Collection<String> roomIds, int atLeast) {
    return questions
        .all(
            "SELECT room_id FROM projection.room_summary"
                + " WHERE room_id = ANY($1) AND joined + invited >= $2",
            Tuple.of(roomIds.toArray(String[]::new), atLeast),
            row -> row.getString("room_id"))
        .map(HashSet::new);
  }

  /** Which of these rooms the public room directory lists. */
  public Future<Set<String>> listed(Collection<String> roomIds) {
    return questions
        .all(
            "SELECT room_id FROM projection.room_summary WHERE room_id = ANY($1) AND listed",
            Tuple.of((Object) roomIds.toArray(String[]::new)),
            row -> row.getString("room_id"))
        .map(HashSet::new);
  }

  /** Which of these rooms have had events or changes of state after a position. */
  public Future<Set<String>> changed(Collection<String> roomIds, long after) {
    return questions
        .all(
            changedSql(),
            Tuple.of(roomIds.toArray(String[]::new), after),
            row -> row.getString("room_id"))
        .map(HashSet::new);
  }

  static String changedSql() {
    return changedSql("room_event t WHERE " + RoomKey.isOf("t", "q.room_id") + " AND t.position")
        + " UNION "
        + changedSql("room_state t WHERE t.room_id = q.room_id AND t.since");
  }

  private static String changedSql(String rows) {
    return "SELECT q.room_id FROM unnest($1::text[]) AS q (room_id) CROSS JOIN LATERAL"
        + " (SELECT FROM projection."
        + rows
        + " > $2 LIMIT 1) x";
  }

  /** The position of the newest event of each room that has one of these types. */
  public Future<Map<String, Long>> newestOfTypes(
      Collection<String> roomIds, Collection<String> types) {
    return questions
        .all(
            newestOfTypesSql(),
            Tuple.tuple()
                .addArrayOfString(roomIds.toArray(String[]::new))
                .addArrayOfString(types.toArray(String[]::new)),
            row -> Map.entry(row.getString("room_id"), row.getLong("position")))
        .map(
            found ->
                found.stream().collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue)));
  }

  static String newestOfTypesSql() {
    return "SELECT q.room_id, max(e.position) AS position FROM unnest($1::text[]) AS q (room_id)"
        + " CROSS JOIN unnest($2::text[]) AS t (type) CROSS JOIN LATERAL"
        + " (SELECT position FROM projection.room_event x WHERE "
        + RoomKey.isOf("x", "q.room_id", "t.type")
        + " ORDER BY x.depth DESC, x.position DESC LIMIT 1) e GROUP BY q.room_id";
  }

  /** How many are in each room. */
  public Future<Map<String, MemberCounts>> memberCounts(Collection<String> roomIds) {
    return questions
        .all(
            "SELECT r.room_id, r.joined, r.invited, (SELECT max(position)"
                + " FROM projection.membership m WHERE m.room_id = r.room_id) AS position"
                + " FROM projection.room_summary r WHERE r.room_id = ANY($1)",
            Tuple.of((Object) roomIds.toArray(String[]::new)),
            row ->
                Map.entry(
                    row.getString("room_id"),
                    new MemberCounts(
                        row.getLong("joined"), row.getLong("invited"), row.getLong("position"))))
        .map(
            counts ->
                counts.stream().collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue)));
  }

  /** The earliest members of each room that have one of these memberships. */
  public Future<Map<String, List<MembershipRow>>> firstMembers(
      Collection<String> roomIds, List<String> memberships, int limit) {
    return byRoom(
        "SELECT m.* FROM unnest($1::text[]) AS q (room_id) CROSS JOIN LATERAL"
            + " (SELECT user_id, room_id, membership, position, event_id, sender, forgotten"
            + " FROM projection.membership t WHERE t.room_id = q.room_id"
            + " AND t.membership = ANY($2) ORDER BY t.position LIMIT $3) m ORDER BY m.position",
        Tuple.of(roomIds.toArray(String[]::new), memberships.toArray(String[]::new), limit),
        RoomRows::membership);
  }

  private static Tuple spans(List<RoomSpan> spans) {
    return Tuple.tuple()
        .addArrayOfString(RoomSpan.rooms(spans))
        .addArrayOfLong(RoomSpan.afters(spans))
        .addArrayOfLong(RoomSpan.froms(spans))
        .addArrayOfLong(RoomSpan.tos(spans));
  }

  private <T> Future<Map<String, List<T>>> byRoom(
      String sql, Tuple parameters, Function<Row, T> mapping) {
    return questions
        .all(sql, parameters, row -> Map.entry(row.getString("room_id"), mapping.apply(row)))
        .map(
            found -> {
              Map<String, List<T>> rooms = new HashMap<>();
              found.forEach(
                  row ->
                      rooms
                          .computeIfAbsent(row.getKey(), room -> new ArrayList<>())
                          .add(row.getValue()));
              return rooms;
            });
  }
}
