package dev.stele.server.projection;

import io.vertx.core.Future;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.Tuple;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Questions about rooms. Answers include everything that was committed when the question was asked.
 * Thread-safe; futures fail only when the database does.
 */
public final class Rooms {
  private final Questions questions;
  private final Timelines timelines;
  private final StatePages statePages;
  private final ManyRooms many;

  public Rooms(Projections projections, RoomsProjection projection, Pool pool) {
    this.questions = new Questions(projections, projection, pool);
    this.timelines = new Timelines(questions);
    this.statePages = new StatePages(questions);
    this.many = new ManyRooms(questions);
  }

  /** Questions about what was said in rooms. */
  public Timelines timelines() {
    return timelines;
  }

  /** A room's state, a page at a time. */
  public StatePages statePages() {
    return statePages;
  }

  /** Questions about many rooms at once. */
  public ManyRooms many() {
    return many;
  }

  /** The room as it stands, or nothing if there is no such room. */
  public Future<Optional<RoomSnapshot>> snapshot(String roomId) {
    return questions
        .one(
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
    return questions
        .all(
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
    return questions.all(
        RoomRows.SELECT_STATE + "WHERE s.room_id = $1 AND s.until > $2 AND s.since <= $2",
        Tuple.of(roomId, position),
        RoomRows::state);
  }

  /** The room's state at a position but for its members, whose number does not matter here. */
  public Future<List<StateRow>> stateButMembers(String roomId, long position) {
    return questions.all(
        RoomRows.SELECT_STATE
            + "WHERE s.room_id = $1 AND s.type < 'm.room.member' AND s.until > $2 AND s.since <= $2"
            + " UNION ALL "
            + RoomRows.SELECT_STATE
            + "WHERE s.room_id = $1 AND s.type > 'm.room.member' AND s.until > $2 AND s.since <= $2",
        Tuple.of(roomId, position),
        RoomRows::state);
  }

  /** The state of one type at a position, all state keys. */
  public Future<List<StateRow>> stateAt(String roomId, String type, long position) {
    return questions.all(
        RoomRows.SELECT_STATE
            + "WHERE s.room_id = $1 AND s.type = $3 AND s.until > $2 AND s.since <= $2",
        Tuple.of(roomId, position, type),
        RoomRows::state);
  }

  /** One piece of state at a position. */
  public Future<Optional<StateRow>> stateAt(
      String roomId, String type, String stateKey, long position) {
    return questions.one(
        RoomRows.SELECT_STATE
            + "WHERE s.room_id = $1 AND s.type = $3 AND s.state_key = $4"
            + " AND s.until > $2 AND s.since <= $2",
        Tuple.of(roomId, position, type, stateKey),
        RoomRows::state);
  }

  /** The state of one type with any of these state keys at a position. */
  public Future<List<StateRow>> stateAt(
      String roomId, String type, Collection<String> stateKeys, long position) {
    return questions.all(
        RoomRows.SELECT_STATE
            + "WHERE s.room_id = $1 AND s.type = $3 AND s.state_key = ANY($4)"
            + " AND s.until > $2 AND s.since <= $2",
        Tuple.of(roomId, position, type, stateKeys.toArray(String[]::new)),
        RoomRows::state);
  }

  /** Everything that a piece of state has ever been, oldest first. */
  public Future<List<StateRow>> stateHistory(String roomId, String type, String stateKey) {
    return questions.all(
        RoomRows.SELECT_STATE
            + "WHERE s.room_id = $1 AND s.type = $2 AND s.state_key = $3 ORDER BY s.since",
        Tuple.of(roomId, type, stateKey),
        RoomRows::state);
  }

  /** For each piece of state that changed after one position and up to another: what it became. */
  public Future<List<StateRow>> stateChanges(String roomId, long after, long upTo) {
    return questions.all(
        RoomRows.SELECT_STATE
            + "WHERE s.room_id = $1 AND s.since > $2 AND s.since <= $3 AND s.until > $3",
        Tuple.of(roomId, after, upTo),
        RoomRows::state);
  }

  /** All rooms that the user has a membership of. */
  public Future<List<MembershipRow>> memberships(String userId) {
    return questions.all(
        RoomRows.SELECT_MEMBERSHIP + "WHERE user_id = $1", Tuple.of(userId), RoomRows::membership);
  }

  /** The user's membership of a room, if they ever had one. */
  public Future<Optional<MembershipRow>> membership(String userId, String roomId) {
    return questions.one(
        RoomRows.SELECT_MEMBERSHIP + "WHERE user_id = $1 AND room_id = $2",
        Tuple.of(userId, roomId),
        RoomRows::membership);
  }

  /** Up to {@code limit} members other than the user, earliest first. */
  public Future<List<MembershipRow>> otherMembers(
      String roomId, String userId, List<String> memberships, int limit) {
    return questions.all(
        RoomRows.SELECT_MEMBERSHIP
            + "WHERE room_id = $1 AND user_id <> $2 AND membership = ANY($3)"
            + " ORDER BY position LIMIT $4",
        Tuple.of(roomId, userId, (Object) memberships.toArray(String[]::new), limit),
        RoomRows::membership);
  }

  /** Where an alias points. */
  public Future<Optional<AliasRow>> alias(String alias) {
    return questions.one(
        "SELECT alias, room_id, creator FROM projection.alias WHERE alias = $1",
        Tuple.of(alias),
        RoomRows::alias);
  }

  /** The aliases of a room on this server. */
  public Future<List<AliasRow>> aliases(String roomId) {
    return questions.all(
        "SELECT alias, room_id, creator FROM projection.alias WHERE room_id = $1 ORDER BY alias",
        Tuple.of(roomId),
        RoomRows::alias);
  }

  /** Whether the public room directory lists a room; nothing if there is no such room. */
  public Future<Optional<Boolean>> listed(String roomId) {
    return questions.one(
        "SELECT listed FROM projection.room_summary WHERE room_id = $1",
        Tuple.of(roomId),
        row -> row.getBoolean("listed"));
  }

  /** Whom a user ignores, as of what is committed now. */
  public Future<Set<String>> ignoredBy(String userId) {
    return questions
        .all(
            "SELECT ignored FROM projection.ignored_user WHERE user_id = $1",
            Tuple.of(userId),
            row -> row.getString("ignored"))
        .map(Set::copyOf);
  }

  /** Whether two users are in any room together. */
  public Future<Boolean> meet(String userId, String otherId) {
    return questions
        .one(
            "SELECT EXISTS (SELECT FROM projection.membership a JOIN projection.membership b"
                + " ON b.room_id = a.room_id AND b.user_id = $2 AND b.membership = 'join'"
                + " WHERE a.user_id = $1 AND a.membership = 'join') AS meet",
            Tuple.of(userId, otherId),
            row -> row.getBoolean("meet"))
        .map(found -> found.orElse(false));
  }

  /** The rooms that a user is in with at most so many members in all. */
  public Future<List<String>> smallRooms(String userId, int members) {
    return questions.all(
        "SELECT m.room_id FROM projection.membership m"
            + " WHERE m.user_id = $1 AND m.membership = 'join' AND (SELECT count(*) FROM"
            + " (SELECT FROM projection.membership o WHERE o.room_id = m.room_id"
            + " AND o.membership = 'join' LIMIT $2 + 1) AS counted) <= $2",
        Tuple.of(userId, members),
        row -> row.getString("room_id"));
  }
}
