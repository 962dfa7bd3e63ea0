package dev.stele.server.projection;

import dev.stele.stateres.event.Pdu;
import io.vertx.core.Future;
import io.vertx.sqlclient.SqlConnection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;

/** The timeline rows of one batch: events, and the forward extremities that they leave. */
final class TimelineRows {
  static final String INSERT =
      "INSERT INTO projection.room_event"
          + " (room_key, room_id, position, depth, event_id, type, sender, state_key,"
          + " origin_server_ts, has_url) SELECT "
          + RoomKey.of("n.room_id")
          + ", n.* FROM unnest($1::text[], $2::bigint[], $3::bigint[], $4::text[], $5::text[],"
          + " $6::text[], $7::text[], $8::bigint[], $9::boolean[])"
          + " AS n (room_id, position, depth, event_id, type, sender, state_key, origin_server_ts,"
          + " has_url)";

  private static final String DELETE_EXTREMITIES =
      "DELETE FROM projection.room_extremity x USING unnest($1::text[], $2::text[])"
          + " AS gone (room_id, event_id)"
          + " WHERE x.room_id = gone.room_id AND x.event_id = gone.event_id";
  private static final String INSERT_EXTREMITIES =
      "INSERT INTO projection.room_extremity (room_id, event_id, depth)"
          + " SELECT * FROM unnest($1::text[], $2::text[], $3::bigint[])";

  private final Columns events =
      new Columns(
          String.class,
          Long.class,
          Long.class,
          String.class,
          String.class,
          String.class,
          String.class,
          Long.class,
          Boolean.class);
  private final Map<String, Extremities> extremities = new LinkedHashMap<>();

  void add(long position, Pdu pdu) {
    events.add(
        pdu.roomId(),
        position,
        pdu.depth(),
        pdu.eventId(),
        pdu.type(),
        pdu.sender(),
        pdu.stateKey(),
        pdu.originServerTs(),
        pdu.content().has("url"));
    extremities.computeIfAbsent(pdu.roomId(), room -> new Extremities()).add(pdu);
  }

  Future<Void> write(SqlConnection transaction) {
    return events.execute(transaction, INSERT).compose(written -> writeExtremities(transaction));
  }

  private Future<Void> writeExtremities(SqlConnection transaction) {
    Columns gone = new Columns(String.class, String.class);
    Columns added = new Columns(String.class, String.class, Long.class);
    extremities.forEach(
        (room, change) -> {
          change.referenced.forEach(eventId -> gone.add(room, eventId));
          change.open.forEach((eventId, depth) -> added.add(room, eventId, depth));
        });
    return gone.execute(transaction, DELETE_EXTREMITIES)
        .compose(deleted -> added.execute(transaction, INSERT_EXTREMITIES));
  }

  /** What a batch does to the extremities of one room. */
  private static final class Extremities {
    private final Set<String> referenced = new LinkedHashSet<>();
    private final Map<String, Long> open = new LinkedHashMap<>();

    void add(Pdu pdu) {
      for (String previous : pdu.prevEvents()) {
        if (open.remove(previous) == null) {
          referenced.add(previous);
        }
      }
      open.put(pdu.eventId(), pdu.depth());
    }
  }
}
