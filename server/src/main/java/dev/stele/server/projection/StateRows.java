package dev.stele.server.projection;

import com.fasterxml.jackson.databind.JsonNode;
import dev.stele.stateres.event.Pdu;
import io.vertx.core.Future;
import io.vertx.sqlclient.SqlConnection;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The state rows of one batch: what changed, from which position on, and who is a member now. */
final class StateRows {
  private static final long OPEN = Long.MAX_VALUE;

  private static final String INSERT_ROOMS =
      "INSERT INTO projection.room (room_id, version) SELECT * FROM unnest($1::text[], $2::text[])";

  /** {@code + 0} keeps the planner from the index that would read all open rows of a room. */
  static final String CLOSE =
      "UPDATE projection.room_state s SET until = k.since"
          + " FROM unnest($1::text[], $2::text[], $3::text[], $4::bigint[])"
          + " AS k (room_id, type, state_key, since) WHERE s.room_id = k.room_id"
          + " AND s.type = k.type AND s.state_key = k.state_key"
          + " AND s.until + 0 = 9223372036854775807";

  private static final String OPEN_ROWS =
      "INSERT INTO projection.room_state (room_id, type, state_key, since, until, event_id,"
          + " event_position, value) SELECT * FROM unnest($1::text[], $2::text[], $3::text[],"
          + " $4::bigint[], $5::bigint[], $6::text[], $7::bigint[], $8::text[])";
  private static final String UPSERT_MEMBERS =
      "INSERT INTO projection.membership (user_id, room_id, membership, position, event_id, sender)"
          + " SELECT * FROM unnest($1::text[], $2::text[], $3::text[], $4::bigint[], $5::text[],"
          + " $6::text[]) ON CONFLICT (user_id, room_id) DO UPDATE SET"
          + " membership = excluded.membership, position = excluded.position,"
          + " event_id = excluded.event_id, sender = excluded.sender, forgotten = false";

  private final Columns rooms = new Columns(String.class, String.class);
  private final Map<Key, List<Change>> changes = new LinkedHashMap<>();

  void add(long position, Pdu pdu) {
    String stateKey = pdu.stateKey();
    if (stateKey == null) {
      return;
    }
    if (pdu.type().equals("m.room.create")) {
      rooms.add(pdu.roomId(), pdu.version().id());
    }
    changes
        .computeIfAbsent(new Key(pdu.roomId(), pdu.type(), stateKey), key -> new ArrayList<>())
        .add(new Change(position, pdu.eventId(), value(pdu), pdu.sender()));
  }

  Future<Void> write(SqlConnection transaction) {
    Columns closed = new Columns(String.class, String.class, String.class, Long.class);
    Columns opened =
        new Columns(
            String.class,
            String.class,
            String.class,
            Long.class,
            Long.class,
            String.class,
            Long.class,
            String.class);
    Columns members =
        new Columns(
            String.class, String.class, String.class, Long.class, String.class, String.class);
    changes.forEach(
        (key, series) -> {
          closed.add(key.room, key.type, key.stateKey, series.get(0).position);
          for (int i = 0; i < series.size(); i++) {
            long until = i + 1 < series.size() ? series.get(i + 1).position : OPEN;
            series.get(i).open(opened, key, until);
          }
          if (key.type.equals("m.room.member")) {
            series.get(series.size() - 1).join(members, key);
          }
        });
    return rooms
        .execute(transaction, INSERT_ROOMS)
        .compose(done -> closed.execute(transaction, CLOSE))
        .compose(done -> opened.execute(transaction, OPEN_ROWS))
        .compose(done -> members.execute(transaction, UPSERT_MEMBERS));
  }

  private static @Nullable String value(Pdu pdu) {
    JsonNode value =
        switch (pdu.type()) {
          case "m.room.member" -> pdu.content().get("membership");
          case "m.room.history_visibility" -> pdu.content().get("history_visibility");
          default -> null;
        };
    return value == null || !value.isTextual() ? null : value.textValue();
  }

  private record Key(String room, String type, String stateKey) {}

  private record Change(long position, String eventId, @Nullable String value, String sender) {
    void open(Columns rows, Key key, long until) {
      rows.add(key.room, key.type, key.stateKey, position, until, eventId, position, value);
    }

    void join(Columns members, Key key) {
      members.add(key.stateKey, key.room, value, position, eventId, sender);
    }
  }
}
