package dev.stele.server.projection;

import io.vertx.core.Future;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.Tuple;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * Questions about what rooms look like from outside. Answers include everything that was committed
 * when the question was asked, and cost what they return. Thread-safe; futures fail only when the
 * database does.
 */
public final class RoomSummaries {
  /** How many members a room without a name is named after. */
  public static final int HEROES = 5;

  static final String COLUMNS =
      "r.room_id, r.created, r.version, r.creator, r.room_type, r.predecessor, r.successor,"
          + " r.encryption, r.name, r.topic, r.canonical_alias, r.avatar_url, r.join_rule,"
          + " r.allowed_rooms, r.guests_may_join, r.world_readable, r.joined, r.invited, r.listed";

  private final Questions questions;

  public RoomSummaries(Projections projections, RoomsProjection projection, Pool pool) {
    this.questions = new Questions(projections, projection, pool);
  }

  /** The summary of a room; nothing if there is no such room. */
  public Future<Optional<RoomSummary>> of(String roomId) {
    return of(List.of(roomId)).map(found -> Optional.ofNullable(found.get(roomId)));
  }

  /** The summaries of rooms, by room id; those that do not exist are left out. */
  public Future<Map<String, RoomSummary>> of(Collection<String> roomIds) {
    return questions
        .all(
            "SELECT " + COLUMNS + " FROM projection.room_summary r WHERE r.room_id = ANY($1)",
            Tuple.of(roomIds.toArray(String[]::new)),
            RoomSummaries::summary)
        .map(
            found ->
                found.stream().collect(Collectors.toMap(RoomSummary::roomId, room -> room)));
  }

  /** The user's memberships of these rooms, by room id; those they never had are left out. */
  public Future<Map<String, String>> memberships(String userId, Collection<String> roomIds) {
    return questions
        .all(
            "SELECT room_id, membership FROM projection.membership"
                + " WHERE user_id = $1 AND room_id = ANY($2)",
            Tuple.of(userId, roomIds.toArray(String[]::new)),
            row -> Map.entry(row.getString("room_id"), row.getString("membership")))
        .map(
            found ->
                found.stream().collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue)));
  }

  /**
   * Whom rooms are named after that have no name: for each room up to {@value #HEROES} members
   * other than the viewer, earliest first; of those who have gone if there is nobody else.
   * Client-server API, {@code m.heroes}.
   */
  public Future<Map<String, List<MembershipRow>>> heroes(
      Collection<String> roomIds, String viewer) {
    return heroes(roomIds, viewer, "join", "invite")
        .compose(
            present -> {
              List<String> lonely =
                  roomIds.stream().filter(room -> !present.containsKey(room)).toList();
              return lonely.isEmpty()
                  ? Future.succeededFuture(present)
                  : heroes(lonely, viewer, "leave", "ban")
                      .map(
                          gone -> {
                            present.putAll(gone);
                            return present;
                          });
            });
  }

  private Future<Map<String, List<MembershipRow>>> heroes(
      Collection<String> roomIds, String viewer, String first, String second) {
    return questions
        .all(
            "SELECT m.* FROM unnest($1::text[]) AS r (room_id) CROSS JOIN LATERAL ("
                + heroesWith("$3")
                + " UNION ALL "
                + heroesWith("$4")
                + " ORDER BY position LIMIT "
                + HEROES
                + ") m",
            Tuple.of(roomIds.toArray(String[]::new), viewer, first, second),
            Rooms::membershipRow)
        .map(RoomSummaries::byRoom);
  }

  private static String heroesWith(String membership) {
    return "(SELECT user_id, room_id, membership, position, event_id, sender, forgotten"
        + " FROM projection.membership WHERE room_id = r.room_id AND membership = "
        + membership
        + " AND user_id <> $2 ORDER BY position LIMIT "
        + HEROES
        + ")";
  }

  private static Map<String, List<MembershipRow>> byRoom(List<MembershipRow> rows) {
    Map<String, List<MembershipRow>> byRoom = new HashMap<>();
    rows.forEach(
        row -> byRoom.computeIfAbsent(row.roomId(), room -> new ArrayList<>()).add(row));
    return byRoom;
  }

  static RoomSummary summary(Row row) {
    return new RoomSummary(
        row.getString("room_id"),
        row.getLong("created"),
        new RoomSummary.Nature(
            row.getString("version"),
            row.getString("creator"),
            row.getString("room_type"),
            row.getString("predecessor"),
            row.getString("successor"),
            row.getString("encryption")),
        new RoomSummary.Look(
            row.getString("name"),
            row.getString("topic"),
            row.getString("canonical_alias"),
            row.getString("avatar_url")),
        new RoomSummary.Access(
            row.getString("join_rule"),
            List.of(row.getArrayOfStrings("allowed_rooms")),
            row.getBoolean("guests_may_join"),
            row.getBoolean("world_readable")),
        new RoomSummary.Members(row.getLong("joined"), row.getLong("invited")),
        row.getBoolean("listed"));
  }
}
