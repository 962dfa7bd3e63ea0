package dev.stele.server.projection;

import io.vertx.core.Future;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import io.vertx.sqlclient.Tuple;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Questions about rooms. Answers include everything that was committed when the question was asked.
 * Thread-safe; futures fail only when the database does.
 */
public final class Rooms {
  static final String STATE_COLUMNS =
      "SELECT s.room_id, s.type, s.state_key, s.since, s.until, s.event_id, s.event_position,"
          + " s.value, e.sender, e.redacted_by FROM projection.room_state s LEFT JOIN projection.room_event e"
          + " ON e.room_id = s.room_id AND e.position = s.event_position ";
  static final String EVENT_COLUMNS =
      "SELECT room_id, event_id, position, depth, type, sender, state_key, redacted_by"
          + " FROM projection.room_event ";
  static final String MEMBERSHIP_COLUMNS =
      "SELECT user_id, room_id, membership, position, event_id, sender, forgotten"
          + " FROM projection.membership ";

  private final Projections projections;
  private final RoomsProjection projection;
  private final Pool pool;
  private final Timelines timelines;
  private final ManyRooms many;

  public Rooms(Projections projections, RoomsProjection projection, Pool pool) {
    this.projections = projections;
    this.projection = projection;
    this.pool = pool;
    Questions questions = new Questions(projections, projection, pool);
    this.timelines = new Timelines(questions);
    this.many = new ManyRooms(questions);
  }

  /** Questions about what was said in rooms. */
  public Timelines timelines() {
    return timelines;
  }

  /** Questions about many rooms at once. */
  public ManyRooms many() {
    return many;
  }

  /** The room as it stands, or nothing if there is no such room. */
  public Future<Optional<RoomSnapshot>> snapshot(String roomId) {
    return one(
            "SELECT version FROM projection.room WHERE room_id = $1",
            Tuple.of(roomId),
            row -> row.getString("version"))
        .compose(
            version ->
                version.isEmpty()
                    ? Future.succeededFuture(Optional.empty())
                    : snapshot(roomId, version.get()).map(Optional::of));
  }

  private Future<RoomSnapshot> snapshot(String roomId, String version) {
    return all(
            "SELECT event_id, depth FROM projection.room_extremity WHERE room_id = $1",
            Tuple.of(roomId),
            row -> Map.entry(row.getString("event_id"), row.getLong("depth")))
        .map(
            extremities -> {
              Map<String, Long> depths = new LinkedHashMap<>();
              extremities.forEach(x -> depths.put(x.getKey(), x.getValue()));
              return new RoomSnapshot(version, depths);
            });
  }

  /** The room's whole state at a position. */
  public Future<List<StateRow>> stateAt(String roomId, long position) {
    return all(
        STATE_COLUMNS + "WHERE s.room_id = $1 AND s.until > $2 AND s.since <= $2",
        Tuple.of(roomId, position),
        Rooms::stateRow);
  }

  /** The room's state at a position but for its members, whose number does not matter here. */
  public Future<List<StateRow>> stateButMembers(String roomId, long position) {
    return all(
        STATE_COLUMNS
            + "WHERE s.room_id = $1 AND s.type < 'm.room.member' AND s.until > $2 AND s.since <= $2"
            + " UNION ALL "
            + STATE_COLUMNS
            + "WHERE s.room_id = $1 AND s.type > 'm.room.member' AND s.until > $2 AND s.since <= $2",
        Tuple.of(roomId, position),
        Rooms::stateRow);
  }

  /** The state of one type at a position, all state keys. */
  public Future<List<StateRow>> stateAt(String roomId, String type, long position) {
    return all(
        STATE_COLUMNS + "WHERE s.room_id = $1 AND s.type = $3 AND s.until > $2 AND s.since <= $2",
        Tuple.of(roomId, position, type),
        Rooms::stateRow);
  }

  /**
   * Up to {@code limit} rows of a room's state, in the order of their keys: to read all of it
   * without holding all of it. What held at other times is among them, since looking for what held
   * at one would make the cost of a page another than its size.
   *
   * @param after the row to go on after; null for the first
   */
  public Future<List<StateRow>> statePage(String roomId, @Nullable StateRow after, int limit) {
    return all(
        STATE_PAGE,
        Tuple.of(
            roomId,
            after == null ? "" : after.type(),
            after == null ? "" : after.stateKey(),
            after == null ? 0 : after.since(),
            limit),
        Rooms::stateRow);
  }

  private static final String PAGE_COLUMNS =
      "SELECT s.room_id, s.type, s.state_key, s.since, s.until, s.event_id, s.event_position,"
          + " s.value, e.sender, e.redacted_by FROM ";
  private static final String PAGE_EVENTS =
      " s LEFT JOIN LATERAL (SELECT * FROM projection.room_event x WHERE x.room_id = s.room_id"
          + " AND x.position = s.event_position OFFSET 0) e ON true ORDER BY ";
  static final String STATE_PAGE =
      PAGE_COLUMNS
          + "(SELECT * FROM projection.room_state t WHERE t.room_id = $1"
          + " AND (t.type, t.state_key, t.since) > ($2, $3, $4)"
          + " ORDER BY t.type, t.state_key, t.since LIMIT $5)"
          + PAGE_EVENTS
          + "s.type, s.state_key, s.since";

  /** The same of the room's members alone. */
  public Future<List<StateRow>> memberPage(String roomId, @Nullable StateRow after, int limit) {
    return all(
        MEMBER_PAGE,
        Tuple.of(
            roomId,
            after == null ? "" : after.stateKey(),
            after == null ? 0 : after.since(),
            limit),
        Rooms::stateRow);
  }

  static final String MEMBER_PAGE =
      PAGE_COLUMNS
          + "(SELECT * FROM projection.room_state t WHERE t.room_id = $1"
          + " AND t.type = 'm.room.member' AND (t.state_key, t.since) > ($2, $3)"
          + " ORDER BY t.state_key, t.since LIMIT $4)"
          + PAGE_EVENTS
          + "s.state_key, s.since";

  /** Up to {@code limit} of those whose membership is now this one, in the order of their ids. */
  public Future<List<StateRow>> membershipPage(
      String roomId, String membership, @Nullable StateRow after, int limit) {
    return all(
        MEMBERSHIP_PAGE,
        Tuple.of(roomId, membership, after == null ? "" : after.stateKey(), limit),
        Rooms::stateRow);
  }

  static final String MEMBERSHIP_PAGE =
      PAGE_COLUMNS
          + "(SELECT m.room_id, 'm.room.member' AS type, m.user_id AS state_key,"
          + " m.position AS since, 9223372036854775807 AS until, m.event_id,"
          + " m.position AS event_position, m.membership AS value FROM projection.membership m"
          + " WHERE m.room_id = $1 AND m.membership = $2 AND m.user_id > $3"
          + " ORDER BY m.user_id LIMIT $4)"
          + PAGE_EVENTS
          + "s.state_key";

  /** One piece of state at a position. */
  public Future<Optional<StateRow>> stateAt(
      String roomId, String type, String stateKey, long position) {
    return one(
        STATE_COLUMNS
            + "WHERE s.room_id = $1 AND s.type = $3 AND s.state_key = $4"
            + " AND s.until > $2 AND s.since <= $2",
        Tuple.of(roomId, position, type, stateKey),
        Rooms::stateRow);
  }

  /** The state of one type with any of these state keys at a position. */
  public Future<List<StateRow>> stateAt(
      String roomId, String type, Collection<String> stateKeys, long position) {
    return all(
        STATE_COLUMNS
            + "WHERE s.room_id = $1 AND s.type = $3 AND s.state_key = ANY($4)"
            + " AND s.until > $2 AND s.since <= $2",
        Tuple.of(roomId, position, type, stateKeys.toArray(String[]::new)),
        Rooms::stateRow);
  }

  /** Everything that a piece of state has ever been, oldest first. */
  public Future<List<StateRow>> stateHistory(String roomId, String type, String stateKey) {
    return all(
        STATE_COLUMNS
            + "WHERE s.room_id = $1 AND s.type = $2 AND s.state_key = $3 ORDER BY s.since",
        Tuple.of(roomId, type, stateKey),
        Rooms::stateRow);
  }

  /** For each piece of state that changed after one position and up to another: what it became. */
  public Future<List<StateRow>> stateChanges(String roomId, long after, long upTo) {
    return all(
        STATE_COLUMNS + "WHERE s.room_id = $1 AND s.since > $2 AND s.since <= $3 AND s.until > $3",
        Tuple.of(roomId, after, upTo),
        Rooms::stateRow);
  }

  /** All rooms that the user has a membership of. */
  public Future<List<MembershipRow>> memberships(String userId) {
    return all(MEMBERSHIP_COLUMNS + "WHERE user_id = $1", Tuple.of(userId), Rooms::membershipRow);
  }

  /** The user's membership of a room, if they ever had one. */
  public Future<Optional<MembershipRow>> membership(String userId, String roomId) {
    return one(
        MEMBERSHIP_COLUMNS + "WHERE user_id = $1 AND room_id = $2",
        Tuple.of(userId, roomId),
        Rooms::membershipRow);
  }

  /** How many members of each membership a room has. */
  public Future<Map<String, Long>> memberCounts(String roomId) {
    return all(
            "SELECT membership, count(*) AS members FROM projection.membership"
                + " WHERE room_id = $1 GROUP BY membership",
            Tuple.of(roomId),
            row -> Map.entry(row.getString("membership"), row.getLong("members")))
        .map(
            counts ->
                counts.stream().collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue)));
  }

  /** Up to {@code limit} members other than the user, earliest first. */
  public Future<List<MembershipRow>> otherMembers(
      String roomId, String userId, List<String> memberships, int limit) {
    return all(
        MEMBERSHIP_COLUMNS
            + "WHERE room_id = $1 AND user_id <> $2 AND membership = ANY($3)"
            + " ORDER BY position LIMIT $4",
        Tuple.of(roomId, userId, (Object) memberships.toArray(String[]::new), limit),
        Rooms::membershipRow);
  }

  /**
   * The newest events after one position and up to another, newest first, at most {@code limit}:
   * the room's stream order.
   */
  public Future<List<EventRow>> newest(String roomId, long after, long upTo, int limit) {
    return all(
        EVENT_COLUMNS
            + "WHERE room_id = $1 AND position > $2 AND position <= $3"
            + " ORDER BY position DESC LIMIT $4",
        Tuple.of(roomId, after, upTo, limit),
        Rooms::eventRow);
  }

  /** The place of the room's event at a position. */
  public Future<Optional<EventRow>> event(String roomId, long position) {
    return one(
        EVENT_COLUMNS + "WHERE room_id = $1 AND position = $2",
        Tuple.of(roomId, position),
        Rooms::eventRow);
  }

  /** The places of the events at these positions, in no particular order. */
  public Future<List<EventRow>> events(String roomId, List<Long> positions) {
    return all(
        EVENT_COLUMNS + "WHERE room_id = $1 AND position = ANY($2)",
        Tuple.of(roomId, (Object) positions.toArray(Long[]::new)),
        Rooms::eventRow);
  }

  /** Where an alias points. */
  public Future<Optional<AliasRow>> alias(String alias) {
    return one(
        "SELECT alias, room_id, creator FROM projection.alias WHERE alias = $1",
        Tuple.of(alias),
        Rooms::aliasRow);
  }

  /** The aliases of a room on this server. */
  public Future<List<AliasRow>> aliases(String roomId) {
    return all(
        "SELECT alias, room_id, creator FROM projection.alias WHERE room_id = $1 ORDER BY alias",
        Tuple.of(roomId),
        Rooms::aliasRow);
  }

  /** Whether the public room directory lists a room; nothing if there is no such room. */
  public Future<Optional<Boolean>> listed(String roomId) {
    return one(
        "SELECT listed FROM projection.room_summary WHERE room_id = $1",
        Tuple.of(roomId),
        row -> row.getBoolean("listed"));
  }

  /** Whom a user ignores, as of what is committed now. */
  public Future<Set<String>> ignoredBy(String userId) {
    return all(
            "SELECT ignored FROM projection.ignored_user WHERE user_id = $1",
            Tuple.of(userId),
            row -> row.getString("ignored"))
        .map(Set::copyOf);
  }

  /** Whether two users are in any room together. */
  public Future<Boolean> meet(String userId, String otherId) {
    return one(
            "SELECT EXISTS (SELECT FROM projection.membership a JOIN projection.membership b"
                + " ON b.room_id = a.room_id AND b.user_id = $2 AND b.membership = 'join'"
                + " WHERE a.user_id = $1 AND a.membership = 'join') AS meet",
            Tuple.of(userId, otherId),
            row -> row.getBoolean("meet"))
        .map(found -> found.orElse(false));
  }

  /** The rooms that a user is in with at most so many members in all. */
  public Future<List<String>> smallRooms(String userId, int members) {
    return all(
        "SELECT m.room_id FROM projection.membership m"
            + " WHERE m.user_id = $1 AND m.membership = 'join' AND (SELECT count(*) FROM"
            + " (SELECT FROM projection.membership o WHERE o.room_id = m.room_id"
            + " AND o.membership = 'join' LIMIT $2 + 1) AS counted) <= $2",
        Tuple.of(userId, members),
        row -> row.getString("room_id"));
  }

  private <T> Future<List<T>> all(String sql, Tuple parameters, Function<Row, T> mapping) {
    return query(sql, parameters)
        .map(
            rows -> {
              List<T> found = new ArrayList<>(rows.size());
              rows.forEach(row -> found.add(mapping.apply(row)));
              return found;
            });
  }

  private <T> Future<Optional<T>> one(String sql, Tuple parameters, Function<Row, T> mapping) {
    return all(sql, parameters, mapping).map(rows -> rows.stream().findFirst());
  }

  private Future<RowSet<Row>> query(String sql, Tuple parameters) {
    return projections
        .caughtUp(projection)
        .compose(caughtUp -> pool.preparedQuery(sql).execute(parameters));
  }

  static StateRow stateRow(Row row) {
    return new StateRow(
        row.getString("type"),
        row.getString("state_key"),
        row.getLong("since"),
        row.getLong("until"),
        row.getString("event_id"),
        row.getLong("event_position"),
        Objects.requireNonNullElse(row.getString("sender"), ""),
        row.getString("value"),
        row.getString("redacted_by"));
  }

  static EventRow eventRow(Row row) {
    return new EventRow(
        row.getString("event_id"),
        row.getLong("position"),
        row.getLong("depth"),
        row.getString("type"),
        row.getString("sender"),
        row.getString("state_key"),
        row.getString("redacted_by"));
  }

  static MembershipRow membershipRow(Row row) {
    return new MembershipRow(
        row.getString("user_id"),
        row.getString("room_id"),
        row.getString("membership"),
        row.getLong("position"),
        row.getString("event_id"),
        row.getString("sender"),
        row.getBoolean("forgotten"));
  }

  private static AliasRow aliasRow(Row row) {
    return new AliasRow(row.getString("alias"), row.getString("room_id"), row.getString("creator"));
  }
}
