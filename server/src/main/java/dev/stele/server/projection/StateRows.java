package dev.stele.server.projection;

import com.fasterxml.jackson.databind.JsonNode;
import dev.stele.stateres.event.Pdu;
import io.vertx.core.Future;
import io.vertx.sqlclient.SqlConnection;
import io.vertx.sqlclient.Tuple;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The state rows of one batch: what changed, from which position on, and who is a member now. */
final class StateRows {
  private static final long OPEN = Long.MAX_VALUE;

  private final List<Tuple> rooms = new ArrayList<>();
  private final Map<Key, List<Change>> changes = new LinkedHashMap<>();

  void add(long position, Pdu pdu) {
    String stateKey = pdu.stateKey();
    if (stateKey == null) {
      return;
    }
    if (pdu.type().equals("m.room.create")) {
      rooms.add(Tuple.of(pdu.roomId(), pdu.version().id()));
    }
    changes
        .computeIfAbsent(new Key(pdu.roomId(), pdu.type(), stateKey), key -> new ArrayList<>())
        .add(new Change(position, pdu.eventId(), value(pdu), pdu.sender()));
  }

  Future<Void> write(SqlConnection transaction) {
    if (changes.isEmpty()) {
      return Future.succeededFuture();
    }
    List<Tuple> closed = new ArrayList<>();
    List<Tuple> opened = new ArrayList<>();
    List<Tuple> members = new ArrayList<>();
    changes.forEach(
        (key, series) -> {
          closed.add(Tuple.of(key.room, key.type, key.stateKey, series.get(0).position));
          for (int i = 0; i < series.size(); i++) {
            long until = i + 1 < series.size() ? series.get(i + 1).position : OPEN;
            opened.add(series.get(i).row(key, until));
          }
          if (key.type.equals("m.room.member")) {
            members.add(series.get(series.size() - 1).member(key));
          }
        });
    return batch(
            transaction, "INSERT INTO projection.room (room_id, version) VALUES ($1, $2)", rooms)
        .compose(
            done ->
                batch(
                    transaction,
                    "UPDATE projection.room_state SET until = $4 WHERE room_id = $1 AND type = $2"
                        + " AND state_key = $3 AND until = 9223372036854775807",
                    closed))
        .compose(
            done ->
                batch(
                    transaction,
                    "INSERT INTO projection.room_state (room_id, type, state_key, since, until,"
                        + " event_id, event_position, value)"
                        + " VALUES ($1, $2, $3, $4, $5, $6, $7, $8)",
                    opened))
        .compose(
            done ->
                batch(
                    transaction,
                    "INSERT INTO projection.membership (user_id, room_id, membership,"
                        + " position, event_id, sender) VALUES ($1, $2, $3, $4, $5, $6)"
                        + " ON CONFLICT (user_id, room_id) DO UPDATE SET"
                        + " membership = excluded.membership, position = excluded.position,"
                        + " event_id = excluded.event_id, sender = excluded.sender,"
                        + " forgotten = false",
                    members));
  }

  private static Future<Void> batch(SqlConnection transaction, String sql, List<Tuple> rows) {
    return rows.isEmpty()
        ? Future.succeededFuture()
        : transaction.preparedQuery(sql).executeBatch(rows).mapEmpty();
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
    Tuple row(Key key, long until) {
      return Tuple.of(key.room, key.type, key.stateKey, position, until, eventId, position, value);
    }

    Tuple member(Key key) {
      return Tuple.of(key.stateKey, key.room, value, position, eventId, sender);
    }
  }
}
