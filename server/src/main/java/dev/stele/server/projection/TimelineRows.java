package dev.stele.server.projection;

import dev.stele.stateres.event.Pdu;
import io.vertx.core.Future;
import io.vertx.sqlclient.SqlConnection;
import io.vertx.sqlclient.Tuple;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The timeline rows of one batch: events, and the forward extremities that they leave. */
final class TimelineRows {
  private static final String INSERT =
      "INSERT INTO projection.room_event"
          + " (room_id, position, depth, event_id, type, sender, state_key, origin_server_ts, has_url)"
          + " SELECT * FROM unnest($1::text[], $2::bigint[], $3::bigint[], $4::text[], $5::text[],"
          + " $6::text[], $7::text[], $8::bigint[], $9::boolean[])";

  private final List<String> rooms = new ArrayList<>();
  private final List<Long> positions = new ArrayList<>();
  private final List<Long> depths = new ArrayList<>();
  private final List<String> eventIds = new ArrayList<>();
  private final List<String> types = new ArrayList<>();
  private final List<String> senders = new ArrayList<>();
  private final List<@Nullable String> stateKeys = new ArrayList<>();
  private final List<Long> times = new ArrayList<>();
  private final List<Boolean> urls = new ArrayList<>();
  private final Map<String, Extremities> extremities = new LinkedHashMap<>();

  void add(long position, Pdu pdu) {
    rooms.add(pdu.roomId());
    positions.add(position);
    depths.add(pdu.depth());
    eventIds.add(pdu.eventId());
    types.add(pdu.type());
    senders.add(pdu.sender());
    stateKeys.add(pdu.stateKey());
    times.add(pdu.originServerTs());
    urls.add(pdu.content().has("url"));
    extremities.computeIfAbsent(pdu.roomId(), room -> new Extremities()).add(pdu);
  }

  Future<Void> write(SqlConnection transaction) {
    if (rooms.isEmpty()) {
      return Future.succeededFuture();
    }
    return transaction
        .preparedQuery(INSERT)
        .execute(
            Tuple.tuple()
                .addArrayOfString(rooms.toArray(String[]::new))
                .addArrayOfLong(positions.toArray(Long[]::new))
                .addArrayOfLong(depths.toArray(Long[]::new))
                .addArrayOfString(eventIds.toArray(String[]::new))
                .addArrayOfString(types.toArray(String[]::new))
                .addArrayOfString(senders.toArray(String[]::new))
                .addArrayOfString(stateKeys.toArray(String[]::new))
                .addArrayOfLong(times.toArray(Long[]::new))
                .addArrayOfBoolean(urls.toArray(Boolean[]::new)))
        .compose(written -> writeExtremities(transaction));
  }

  private Future<Void> writeExtremities(SqlConnection transaction) {
    List<String> gone = new ArrayList<>();
    List<String> goneRooms = new ArrayList<>();
    List<Tuple> added = new ArrayList<>();
    extremities.forEach(
        (room, change) -> {
          for (String eventId : change.referenced) {
            goneRooms.add(room);
            gone.add(eventId);
          }
          change.open.forEach((eventId, depth) -> added.add(Tuple.of(room, eventId, depth)));
        });
    return transaction
        .preparedQuery(
            "DELETE FROM projection.room_extremity x USING unnest($1::text[], $2::text[])"
                + " AS gone (room_id, event_id)"
                + " WHERE x.room_id = gone.room_id AND x.event_id = gone.event_id")
        .execute(
            Tuple.tuple()
                .addArrayOfString(goneRooms.toArray(String[]::new))
                .addArrayOfString(gone.toArray(String[]::new)))
        .compose(
            deleted ->
                transaction
                    .preparedQuery(
                        "INSERT INTO projection.room_extremity (room_id, event_id, depth)"
                            + " VALUES ($1, $2, $3)")
                    .executeBatch(added))
        .mapEmpty();
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
