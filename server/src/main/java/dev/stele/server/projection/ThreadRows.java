package dev.stele.server.projection;

import dev.stele.server.record.Relation;
import io.vertx.core.Future;
import io.vertx.sqlclient.SqlConnection;
import io.vertx.sqlclient.Tuple;
import java.util.LinkedHashMap;
import java.util.Map;

/** What one batch does to threads. To be written once the relations are. */
final class ThreadRows {
  private static final String UPSERT =
      "INSERT INTO projection.thread AS t (room_id, root_id, replies, latest_depth, latest_position)"
          + " SELECT c.room_id, c.root_id, c.change, l.depth, l.position"
          + " FROM unnest($1::text[], $2::text[], $3::bigint[]) AS c (room_id, root_id, change)"
          + " CROSS JOIN LATERAL (SELECT r.depth, r.position FROM projection.relation r"
          + " WHERE r.room_id = c.room_id AND r.parent_id = c.root_id AND r.rel_type = 'm.thread'"
          + " ORDER BY r.depth DESC, r.position DESC LIMIT 1) AS l"
          + " ON CONFLICT (room_id, root_id) DO UPDATE SET replies = t.replies + excluded.replies,"
          + " latest_depth = excluded.latest_depth, latest_position = excluded.latest_position";
  private static final String DELETE =
      "DELETE FROM projection.thread t USING unnest($1::text[], $2::text[]) AS c (room_id, root_id)"
          + " WHERE t.room_id = c.room_id AND t.root_id = c.root_id AND NOT EXISTS"
          + " (SELECT FROM projection.relation r WHERE r.room_id = c.room_id"
          + " AND r.parent_id = c.root_id AND r.rel_type = 'm.thread')";

  private final Map<Root, Long> changes = new LinkedHashMap<>();

  private record Root(String room, String event) {}

  void change(String roomId, String parentId, String relationType, long replies) {
    if (relationType.equals(Relation.THREAD)) {
      changes.merge(new Root(roomId, parentId), replies, Long::sum);
    }
  }

  Future<Void> write(SqlConnection transaction) {
    if (changes.isEmpty()) {
      return Future.succeededFuture();
    }
    String[] rooms = changes.keySet().stream().map(Root::room).toArray(String[]::new);
    String[] roots = changes.keySet().stream().map(Root::event).toArray(String[]::new);
    return transaction
        .preparedQuery(UPSERT)
        .execute(
            Tuple.tuple()
                .addArrayOfString(rooms)
                .addArrayOfString(roots)
                .addArrayOfLong(changes.values().toArray(Long[]::new)))
        .compose(
            written ->
                transaction
                    .preparedQuery(DELETE)
                    .execute(Tuple.tuple().addArrayOfString(rooms).addArrayOfString(roots)))
        .mapEmpty();
  }
}
