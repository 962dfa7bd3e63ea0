package dev.stele.server.projection;

import dev.stele.server.record.Entry;
import dev.stele.server.record.Fact;
import dev.stele.server.record.RecordLog;
import dev.stele.server.record.Relation;
import dev.stele.server.record.RoomEvent;
import io.vertx.core.Future;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.SqlConnection;
import java.util.List;

/**
 * Which events relate to which. Redacting an event breaks its relation: whether the fold saw its
 * content before or not, its row is gone afterwards.
 */
public final class RelationsProjection implements Projection {
  private static final String INSERT =
      "INSERT INTO projection.relation (room_id, position, depth, event_id, type, sender,"
          + " state_key, origin_server_ts, parent_id, rel_type, replaces, key_hash)"
          + " SELECT * FROM unnest($1::text[], $2::bigint[], $3::bigint[], $4::text[], $5::text[],"
          + " $6::text[], $7::text[], $8::bigint[], $9::text[], $10::text[], $11::boolean[],"
          + " $12::integer[])";
  private static final String DELETE =
      "DELETE FROM projection.relation r USING unnest($1::text[], $2::bigint[])"
          + " AS gone (room_id, position)"
          + " WHERE r.room_id = gone.room_id AND r.position = gone.position"
          + " RETURNING r.room_id, r.parent_id, r.rel_type";

  private static final int VERSION = 2;

  private final RecordLog log;

  public RelationsProjection(RecordLog log) {
    this.log = log;
  }

  @Override
  public String name() {
    return "relations";
  }

  @Override
  public int version() {
    return VERSION;
  }

  @Override
  public List<String> tables() {
    return List.of("relation", "thread");
  }

  @Override
  public boolean folds(Fact fact) {
    return fact instanceof RoomEvent event
        && (event.redacts() != null || Relation.of(event.pdu()).isPresent());
  }

  @Override
  public Future<Void> fold(SqlConnection transaction, List<Entry> entries) {
    Columns rows =
        new Columns(
            String.class,
            Long.class,
            Long.class,
            String.class,
            String.class,
            String.class,
            String.class,
            Long.class,
            String.class,
            String.class,
            Boolean.class,
            Integer.class);
    Redactions redactions = new Redactions();
    ThreadRows threads = new ThreadRows();
    for (Entry entry : entries) {
      RoomEvent event = (RoomEvent) entry.fact();
      redactions.add(event);
      Relation.of(event.pdu())
          .ifPresent(
              relation -> {
                add(rows, entry.position(), event, relation);
                threads.change(event.roomId(), relation.parentId(), relation.type(), 1);
              });
    }
    return rows.execute(transaction, INSERT)
        .compose(inserted -> redactions.positions(log))
        .compose(gone -> delete(transaction, gone, threads))
        .compose(deleted -> threads.write(transaction));
  }

  private static void add(Columns rows, long position, RoomEvent event, Relation relation) {
    boolean replaces = relation.type().equals(Relation.REPLACE) && Relation.mayReplace(event.pdu());
    Integer keyHash =
        relation.type().equals(Relation.ANNOTATION) && relation.key() != null
            ? (Integer) relation.key().hashCode()
            : null;
    rows.add(
        event.roomId(),
        position,
        event.pdu().depth(),
        event.eventId(),
        event.pdu().type(),
        event.pdu().sender(),
        event.pdu().stateKey(),
        event.pdu().originServerTs(),
        relation.parentId(),
        relation.type(),
        replaces,
        keyHash);
  }

  private static Future<Void> delete(
      SqlConnection transaction, Redactions.Positions gone, ThreadRows threads) {
    return gone.isEmpty()
        ? Future.succeededFuture()
        : transaction
            .preparedQuery(DELETE)
            .execute(gone.tuple())
            .map(
                rows -> {
                  for (Row row : rows) {
                    threads.change(
                        row.getString("room_id"),
                        row.getString("parent_id"),
                        row.getString("rel_type"),
                        -1);
                  }
                  return null;
                });
  }
}
