package dev.stele.server.projection;

import io.vertx.core.Future;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.Tuple;
import java.util.List;

/**
 * The rooms that two users are both in. Answers include everything that was committed when the
 * question was asked. Thread-safe; futures fail only when the database does.
 */
public final class MutualRooms {
  static final String ROOMS =
      "SELECT a.room_id FROM projection.membership a JOIN projection.membership b"
          + " ON b.room_id = a.room_id AND b.user_id = $2 AND b.membership = 'join'"
          + " WHERE a.user_id = $1 AND a.membership = 'join' AND a.room_id > $3";

  private final Questions questions;

  public MutualRooms(Projections projections, RoomsProjection projection, Pool pool) {
    this.questions = new Questions(projections, projection, pool);
  }

  /**
   * Some of the rooms.
   *
   * @param rooms their ids, in order
   * @param more whether there are more behind them
   * @param count how many there are in all
   */
  public record Page(List<String> rooms, boolean more, long count) {}

  /** Up to {@code limit} rooms that both users are in, behind the room with this id. */
  public Future<Page> of(String userId, String other, String after, int limit) {
    return questions
        .all(
            ROOMS + " ORDER BY a.room_id LIMIT $4",
            Tuple.of(userId, other, after, limit + 1),
            row -> row.getString("room_id"))
        .compose(
            found ->
                found.size() <= limit && after.isEmpty()
                    ? Future.succeededFuture(new Page(found, false, found.size()))
                    : count(userId, other)
                        .map(count -> new Page(cut(found, limit), found.size() > limit, count)));
  }

  private Future<Long> count(String userId, String other) {
    return questions
        .one(
            "SELECT count(*) AS rooms FROM (" + ROOMS + ") mutual",
            Tuple.of(userId, other, ""),
            row -> row.getLong("rooms"))
        .map(counted -> counted.orElse(0L));
  }

  private static List<String> cut(List<String> found, int limit) {
    return found.subList(0, Math.min(limit, found.size()));
  }
}
