package dev.stele.server.projection;

import io.vertx.core.Future;
import io.vertx.sqlclient.Tuple;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A room's state in the order of its keys, a page at a time: to read all of it without holding all
 * of it. Each question is asked with the row to go on after, or null for the first page. Answers
 * include everything that was committed when the question was asked. Thread-safe; futures fail only
 * when the database does.
 */
public final class StatePages {
  private static final String SELECT = "SELECT " + RoomRows.STATE + " FROM ";

  private static final String EVENTS = " s" + RoomRows.EVENT_OF_STATE + "ORDER BY ";

  static final String STATE =
      SELECT
          + "(SELECT * FROM projection.room_state t WHERE t.room_id = $1"
          + " AND (t.type, t.state_key, t.since) > ($2, $3, $4)"
          + " ORDER BY t.type, t.state_key, t.since LIMIT $5)"
          + EVENTS
          + "s.type, s.state_key, s.since";
  static final String MEMBERS =
      SELECT
          + "(SELECT * FROM projection.room_state t WHERE t.room_id = $1"
          + " AND t.type = 'm.room.member' AND (t.state_key, t.since) > ($2, $3)"
          + " ORDER BY t.state_key, t.since LIMIT $4)"
          + EVENTS
          + "s.state_key, s.since";
  static final String MEMBERS_NOW =
      SELECT
          + "(SELECT m.room_id, 'm.room.member' AS type, m.user_id AS state_key,"
          + " m.position AS since, 9223372036854775807 AS until, m.event_id,"
          + " m.position AS event_position, m.membership AS value FROM projection.membership m"
          + " WHERE m.room_id = $1 AND m.membership = $2 AND m.user_id > $3"
          + " ORDER BY m.user_id LIMIT $4)"
          + EVENTS
          + "s.state_key";

  private final Questions questions;

  StatePages(Questions questions) {
    this.questions = questions;
  }

  /**
   * Up to {@code limit} rows of all state. What held at other times is among them, since looking
   * for what held at one would make the cost of a page another than its size.
   */
  public Future<List<StateRow>> state(String roomId, @Nullable StateRow after, int limit) {
    return questions.all(
        STATE,
        Tuple.of(
            roomId,
            after == null ? "" : after.type(),
            after == null ? "" : after.stateKey(),
            after == null ? 0 : after.since(),
            limit),
        RoomRows::state);
  }

  /** The same of the room's members alone. */
  public Future<List<StateRow>> members(String roomId, @Nullable StateRow after, int limit) {
    return questions.all(
        MEMBERS,
        Tuple.of(
            roomId,
            after == null ? "" : after.stateKey(),
            after == null ? 0 : after.since(),
            limit),
        RoomRows::state);
  }

  /** Up to {@code limit} of those whose membership is now this one. */
  public Future<List<StateRow>> membersNow(
      String roomId, String membership, @Nullable StateRow after, int limit) {
    return questions.all(
        MEMBERS_NOW,
        Tuple.of(roomId, membership, after == null ? "" : after.stateKey(), limit),
        RoomRows::state);
  }
}
