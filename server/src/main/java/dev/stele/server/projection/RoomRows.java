package dev.stele.server.projection;

import io.vertx.sqlclient.Row;
import java.util.Objects;

/** What questions about rooms read of the tables, and what becomes of it. */
final class RoomRows {
  static final String STATE =
      "s.room_id, s.type, s.state_key, s.since, s.until, s.event_id, s.event_position,"
          + " s.value, e.sender, e.redacted_by";

  /**
   * What the timeline knows of a piece of state, which may be nothing. {@code OFFSET 0} has it
   * looked up row by row, in the order of the rows, rather than the timeline read for many of them.
   */
  static final String EVENT_OF_STATE =
      " LEFT JOIN LATERAL (SELECT x.sender, x.redacted_by FROM projection.room_event x WHERE "
          + RoomKey.isAt("x", "s.room_id", "s.event_position")
          + " OFFSET 0) e ON true ";

  static final String SELECT_STATE =
      "SELECT " + STATE + " FROM projection.room_state s" + EVENT_OF_STATE;
  static final String SELECT_MEMBERSHIP =
      "SELECT user_id, room_id, membership, position, event_id, sender, forgotten"
          + " FROM projection.membership ";
  static final String SELECT_EVENT =
      "SELECT e.event_id, e.position, e.depth, e.type, e.sender, e.state_key, e.redacted_by,"
          + " e.origin_server_ts, e.has_url FROM projection.room_event e ";

  private RoomRows() {}

  static StateRow state(Row row) {
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

  static EventRow event(Row row) {
    return new EventRow(
        row.getString("event_id"),
        row.getLong("position"),
        row.getLong("depth"),
        row.getString("type"),
        row.getString("sender"),
        row.getString("state_key"),
        row.getString("redacted_by"));
  }

  static FoundEvent found(Row row) {
    return new FoundEvent(event(row), row.getLong("origin_server_ts"), row.getBoolean("has_url"));
  }

  static MembershipRow membership(Row row) {
    return new MembershipRow(
        row.getString("user_id"),
        row.getString("room_id"),
        row.getString("membership"),
        row.getLong("position"),
        row.getString("event_id"),
        row.getString("sender"),
        row.getBoolean("forgotten"));
  }

  static AliasRow alias(Row row) {
    return new AliasRow(row.getString("alias"), row.getString("room_id"), row.getString("creator"));
  }
}
