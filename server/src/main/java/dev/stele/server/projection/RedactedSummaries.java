package dev.stele.server.projection;

import dev.stele.server.record.Entry;
import dev.stele.server.record.RecordLog;
import dev.stele.server.record.RoomEvent;
import dev.stele.stateres.event.Pdu;
import io.vertx.core.Future;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.SqlConnection;
import io.vertx.sqlclient.Tuple;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Takes out of the summaries of rooms what redacted events told, if they are still the state. */
final class RedactedSummaries {
  private static final String CURRENT =
      "SELECT s.event_id FROM unnest($1::text[], $2::text[]) AS k (room_id, type)"
          + " JOIN projection.room_state s ON s.room_id = k.room_id AND s.type = k.type"
          + " AND s.state_key = '' AND s.until = 9223372036854775807";

  private final RecordLog log;

  RedactedSummaries(RecordLog log) {
    this.log = log;
  }

  /**
   * Writes what is left.
   *
   * @param redacted the rows of the events, with their position, type and state key
   */
  Future<Void> write(SqlConnection transaction, Iterable<Row> redacted) {
    List<Long> positions = new ArrayList<>();
    for (Row row : redacted) {
      if (SummaryPart.of(row.getString("type"), row.getString("state_key")) != null) {
        positions.add(row.getLong("position"));
      }
    }
    return positions.isEmpty()
        ? Future.succeededFuture()
        : log.readAt(positions).compose(entries -> writeEvents(transaction, pdus(entries)));
  }

  private static List<Pdu> pdus(List<Entry> entries) {
    return entries.stream().map(entry -> ((RoomEvent) entry.fact()).pdu()).toList();
  }

  private static Future<Void> writeEvents(SqlConnection transaction, List<Pdu> redacted) {
    return current(transaction, redacted)
        .compose(
            current -> {
              SummaryRows rows = new SummaryRows();
              redacted.stream()
                  .filter(pdu -> current.contains(pdu.eventId()))
                  .forEach(pdu -> rows.tell(pdu.redactedPdu()));
              return rows.write(transaction);
            });
  }

  private static Future<Set<String>> current(SqlConnection transaction, List<Pdu> events) {
    return transaction
        .preparedQuery(CURRENT)
        .execute(
            Tuple.tuple()
                .addArrayOfString(events.stream().map(Pdu::roomId).toArray(String[]::new))
                .addArrayOfString(events.stream().map(Pdu::type).toArray(String[]::new)))
        .map(
            rows -> {
              Set<String> current = new HashSet<>();
              rows.forEach(row -> current.add(row.getString("event_id")));
              return current;
            });
  }
}
