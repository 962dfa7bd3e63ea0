package dev.stele.server.projection;

import dev.stele.server.record.Entry;
import dev.stele.server.record.Fact;
import dev.stele.server.record.RecordLog;
import dev.stele.server.record.RoomEvent;
import dev.stele.server.text.TextVector;
import dev.stele.stateres.event.Pdu;
import io.vertx.core.Future;
import io.vertx.sqlclient.SqlConnection;
import java.util.List;

/**
 * What can be found by its words. Redacting an event takes its row away: whether the fold saw its
 * content before or not.
 */
public final class SearchProjection implements Projection {
  private static final int VERSION = 1;
  private static final String INSERT =
      "INSERT INTO projection.search_event"
          + " (position, room_id, depth, event_id, type, sender, has_url, words)"
          + " SELECT position, room_id, depth, event_id, type, sender, has_url, words::tsvector"
          + " FROM unnest($1::bigint[], $2::text[], $3::bigint[], $4::text[], $5::text[],"
          + " $6::text[], $7::boolean[], $8::text[])"
          + " AS r (position, room_id, depth, event_id, type, sender, has_url, words)";
  private static final String DELETE =
      "DELETE FROM projection.search_event s USING unnest($1::text[], $2::bigint[])"
          + " AS gone (room_id, position)"
          + " WHERE s.room_id = gone.room_id AND s.position = gone.position";

  private final RecordLog log;

  public SearchProjection(RecordLog log) {
    this.log = log;
  }

  @Override
  public String name() {
    return "search";
  }

  @Override
  public int version() {
    return VERSION;
  }

  @Override
  public List<String> tables() {
    return List.of("search_event");
  }

  @Override
  public boolean folds(Fact fact) {
    return fact instanceof RoomEvent event
        && (event.redacts() != null || SearchedText.mayBeIn(event.pdu()));
  }

  @Override
  public Future<Void> fold(SqlConnection transaction, List<Entry> entries) {
    Columns rows =
        new Columns(
            Long.class,
            String.class,
            Long.class,
            String.class,
            String.class,
            String.class,
            Boolean.class,
            String.class);
    Redactions redactions = new Redactions();
    for (Entry entry : entries) {
      RoomEvent event = (RoomEvent) entry.fact();
      redactions.add(event);
      String text = SearchedText.of(event.pdu());
      if (!text.isEmpty()) {
        add(rows, entry.position(), event.pdu(), text);
      }
    }
    return rows.execute(transaction, INSERT)
        .compose(inserted -> redactions.positions(log))
        .compose(
            gone ->
                gone.isEmpty()
                    ? Future.succeededFuture()
                    : transaction.preparedQuery(DELETE).execute(gone.tuple()).mapEmpty());
  }

  private static void add(Columns rows, long position, Pdu pdu, String text) {
    rows.add(
        position,
        pdu.roomId(),
        pdu.depth(),
        pdu.eventId(),
        pdu.type(),
        pdu.sender(),
        pdu.content().has("url"),
        TextVector.of(text, TextVector.room(pdu.roomId())));
  }
}
