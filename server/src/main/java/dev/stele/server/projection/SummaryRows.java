package dev.stele.server.projection;

import dev.stele.stateres.event.Pdu;
import io.vertx.core.Future;
import io.vertx.sqlclient.SqlConnection;
import io.vertx.sqlclient.Tuple;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What one batch changes in the summaries of rooms. Members are counted by what changes, never by
 * counting them.
 */
final class SummaryRows {
  private static final String COUNT =
      "UPDATE projection.room_summary s SET joined = s.joined + d.joined,"
          + " invited = s.invited + d.invited FROM (SELECT k.room_id,"
          + " sum((k.membership = 'join')::int - (coalesce(m.membership, '') = 'join')::int) AS joined,"
          + " sum((k.membership = 'invite')::int - (coalesce(m.membership, '') = 'invite')::int)"
          + " AS invited FROM unnest($1::text[], $2::text[], $3::text[])"
          + " AS k (room_id, user_id, membership) LEFT JOIN projection.membership m"
          + " ON m.user_id = k.user_id AND m.room_id = k.room_id GROUP BY k.room_id) d"
          + " WHERE s.room_id = d.room_id AND (d.joined <> 0 OR d.invited <> 0)";

  private final List<Tuple> created = new ArrayList<>();
  private final Map<SummaryPart, Map<String, Pdu>> parts = new EnumMap<>(SummaryPart.class);
  private final Map<Member, String> members = new LinkedHashMap<>();

  void add(long position, Pdu pdu) {
    if (pdu.isState("m.room.create", "")) {
      created.add(Tuple.of(pdu.roomId(), position, pdu.version().id(), pdu.sender()));
    }
    String membership = pdu.contentText("membership");
    if (pdu.type().equals("m.room.member") && pdu.stateKey() != null && membership != null) {
      members.put(new Member(pdu.roomId(), pdu.stateKey()), membership);
    }
    tell(pdu);
  }

  /** Takes what an event tells now into the rows, if it tells anything. */
  void tell(Pdu pdu) {
    SummaryPart part = SummaryPart.of(pdu.type(), pdu.stateKey());
    if (part != null) {
      parts.computeIfAbsent(part, same -> new LinkedHashMap<>()).put(pdu.roomId(), pdu);
    }
  }

  /** To be called while the membership rows are still those from before the batch. */
  Future<Void> write(SqlConnection transaction) {
    return Batch.execute(
            transaction,
            "INSERT INTO projection.room_summary (room_id, created, version, creator)"
                + " VALUES ($1, $2, $3, $4)",
            created)
        .compose(written -> count(transaction))
        .compose(counted -> writeParts(transaction));
  }

  private Future<Void> count(SqlConnection transaction) {
    if (members.isEmpty()) {
      return Future.succeededFuture();
    }
    return transaction
        .preparedQuery(COUNT)
        .execute(
            Tuple.tuple()
                .addArrayOfString(
                    members.keySet().stream().map(Member::room).toArray(String[]::new))
                .addArrayOfString(
                    members.keySet().stream().map(Member::user).toArray(String[]::new))
                .addArrayOfString(members.values().toArray(String[]::new)))
        .mapEmpty();
  }

  private Future<Void> writeParts(SqlConnection transaction) {
    Future<Void> written = Future.succeededFuture();
    for (Map.Entry<SummaryPart, Map<String, Pdu>> told : parts.entrySet()) {
      SummaryPart part = told.getKey();
      List<Tuple> rows = told.getValue().values().stream().map(part::parameters).toList();
      written = written.compose(before -> Batch.execute(transaction, part.sql(), rows));
    }
    return written;
  }

  private record Member(String room, String user) {}
}
