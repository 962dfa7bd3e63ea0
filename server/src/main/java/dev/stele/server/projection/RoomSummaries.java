package dev.stele.server.projection;

import io.vertx.core.Future;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.Tuple;
import java.util.Collection;
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
            Tuple.of((Object) roomIds.toArray(String[]::new)),
            RoomSummaries::summary)
        .map(found -> found.stream().collect(Collectors.toMap(RoomSummary::roomId, room -> room)));
  }

  /** The user's memberships of these rooms, by room id; those they never had are left out. */
  public Future<Map<String, String>> memberships(String userId, Collection<String> roomIds) {
    return questions
        .all(
            "SELECT room_id, membership FROM projection.membership"
                + " WHERE user_id = $1 AND room_id = ANY($2)",
            Tuple.of(userId, (Object) roomIds.toArray(String[]::new)),
            row -> Map.entry(row.getString("room_id"), row.getString("membership")))
        .map(
            found ->
                found.stream().collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue)));
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
