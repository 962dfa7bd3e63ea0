package dev.stele.server.projection;

import io.vertx.core.Future;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.Tuple;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Questions about which events relate to which. Answers include everything that was committed when
 * the question was asked. Thread-safe; futures fail only when the database does.
 */
public final class Relations {
  /** How many events that relate to one, directly or not, are gone through for one page. */
  private static final int MAX_DESCENDANTS = 10_000;

  private final Questions questions;

  public Relations(Projections projections, RelationsProjection projection, Pool pool) {
    this.questions = new Questions(projections, projection, pool);
  }

  /**
   * Which events that relate to one are wanted.
   *
   * @param relationType how they relate; null for in whatever way
   * @param eventType their type; null for any
   * @param depth how many relations may be between; 1 for direct ones only
   */
  public record Children(
      String roomId,
      String parentId,
      @Nullable String relationType,
      @Nullable String eventType,
      int depth) {}

  /** Up to {@code limit} of them beyond a point of the topological order, in that order. */
  public Future<List<RelatedEvent>> children(
      Children wanted, TopologicalPoint point, boolean backwards, int limit) {
    Tuple parameters =
        Tuple.of(wanted.roomId, wanted.parentId, point.depth(), point.position(), limit);
    if (wanted.relationType != null) {
      parameters = parameters.addString(wanted.relationType);
    }
    if (wanted.eventType != null) {
      parameters = parameters.addString(wanted.eventType);
    }
    return questions.all(sql(wanted, backwards), parameters, Relations::related);
  }

  static String sql(Children wanted, boolean backwards) {
    String matching =
        (wanted.relationType == null ? "" : " AND r.rel_type = $6")
            + (wanted.eventType == null
                ? ""
                : " AND r.type = $" + (wanted.relationType == null ? 6 : 7));
    String page =
        " AND (r.depth, r.position) "
            + (backwards
                ? "< ($3, $4) ORDER BY r.depth DESC, r.position DESC"
                : "> ($3, $4) ORDER BY r.depth, r.position")
            + " LIMIT $5";
    String direct =
        "FROM projection.relation r WHERE r.room_id = $1 AND r.parent_id = $2" + matching;
    return wanted.depth == 1
        ? "SELECT r.* " + direct + page
        : "WITH RECURSIVE d AS (SELECT r.*, 1 AS hops "
            + direct
            + " UNION ALL SELECT r.*, d.hops + 1 FROM d CROSS JOIN LATERAL (SELECT r.*"
            + " FROM projection.relation r WHERE r.room_id = $1 AND r.parent_id = d.event_id"
            + matching
            + " ORDER BY r.depth DESC, r.position DESC LIMIT "
            + MAX_DESCENDANTS
            + ") AS r WHERE d.hops < "
            + wanted.depth
            + ") SELECT r.* FROM (SELECT * FROM d LIMIT "
            + MAX_DESCENDANTS
            + ") AS r WHERE true"
            + page;
  }

  /** Up to {@code limit} threads whose latest reply is before a point, the latest first. */
  public Future<List<ThreadRow>> threads(
      String roomId, String userId, TopologicalPoint point, int limit) {
    return questions.all(
        THREADS,
        Tuple.of(roomId, userId, point.depth(), point.position(), limit),
        row ->
            new ThreadRow(
                row.getString("root_id"),
                new TopologicalPoint(row.getLong("latest_depth"), row.getLong("latest_position")),
                row.getBoolean("participated")));
  }

  static final String THREADS =
      "SELECT t.root_id, t.latest_depth, t.latest_position,"
          + " (SELECT true FROM projection.relation r WHERE r.room_id = $1"
          + " AND r.parent_id = t.root_id AND r.rel_type = 'm.thread' AND r.sender = $2 LIMIT 1)"
          + " IS NOT NULL AS participated FROM projection.thread t"
          + " WHERE t.room_id = $1 AND (t.latest_depth, t.latest_position) < ($3, $4)"
          + " ORDER BY t.latest_depth DESC, t.latest_position DESC LIMIT $5";

  /** Somebody's annotations of an event, of one type, with a key of this hash; a few at most. */
  public Future<List<String>> annotations(
      String roomId, String parentId, String sender, String type, int keyHash) {
    return questions.all(
        "SELECT event_id FROM projection.relation r WHERE r.room_id = $1 AND r.parent_id = $2"
            + " AND r.rel_type = 'm.annotation' AND r.sender = $3 AND r.type = $4"
            + " AND r.key_hash = $5 LIMIT 10",
        Tuple.of(roomId, parentId, sender, type, keyHash),
        row -> row.getString("event_id"));
  }

  /** Which of these events any others relate to. */
  public Future<Set<String>> parents(Collection<String> roomIds, Collection<String> eventIds) {
    return questions
        .all(
            "SELECT q.id FROM unnest($1::text[], $2::text[]) AS q (room_id, id) WHERE EXISTS"
                + " (SELECT FROM projection.relation r"
                + " WHERE r.room_id = q.room_id AND r.parent_id = q.id)",
            Tuple.tuple()
                .addArrayOfString(roomIds.toArray(String[]::new))
                .addArrayOfString(eventIds.toArray(String[]::new)),
            row -> row.getString("id"))
        .map(Set::copyOf);
  }

  /** What may be aggregated of the events that relate to these. */
  public Future<List<AggregatedRow>> aggregated(
      String roomId, Collection<Parent> parents, Aggregating how) {
    return questions.all(
        AGGREGATED,
        Tuple.tuple()
            .addString(roomId)
            .addArrayOfString(parents.stream().map(Parent::eventId).toArray(String[]::new))
            .addArrayOfString(parents.stream().map(Parent::editor).toArray(String[]::new))
            .addArrayOfString(parents.stream().map(Parent::type).toArray(String[]::new))
            .addString(how.userId)
            .addArrayOfString(how.ignored.toArray(String[]::new))
            .addInteger(how.replies),
        row ->
            new AggregatedRow(
                related(row), row.getLong("replies"), row.getBoolean("participated")));
  }

  /**
   * An event that others may relate to.
   *
   * @param editor who may replace it; null if nobody may
   * @param type its type
   */
  public record Parent(String eventId, @Nullable String editor, String type) {}

  /**
   * For whom to aggregate.
   *
   * @param userId the user
   * @param ignored whom they ignore
   * @param replies how many replies of each thread to look at, latest first
   */
  public record Aggregating(String userId, Collection<String> ignored, int replies) {}

  private static final String WHERE_CHILD =
      " FROM projection.relation r WHERE r.room_id = $1 AND r.parent_id = p.id AND r.rel_type = ";

  static final String AGGREGATED =
      "SELECT r.*, 0::bigint AS replies, false AS participated"
          + " FROM unnest($2::text[], $3::text[], $4::text[]) AS p (id, editor, type)"
          + " CROSS JOIN LATERAL (SELECT r.*"
          + WHERE_CHILD
          + "'m.replace' AND r.sender = p.editor AND r.type = p.type AND r.replaces"
          + " ORDER BY r.origin_server_ts DESC, r.event_id DESC LIMIT 5) AS r"
          + " UNION ALL"
          + " SELECT r.*, 0, false FROM unnest($2::text[]) AS p (id)"
          + " CROSS JOIN LATERAL (SELECT r.*"
          + WHERE_CHILD
          + "'m.reference' ORDER BY r.depth, r.position LIMIT 500) AS r"
          + " UNION ALL"
          + " SELECT r.*, t.replies - (SELECT count(*)"
          + WHERE_CHILD
          + "'m.thread' AND r.sender = ANY ($6)), (SELECT true"
          + WHERE_CHILD
          + "'m.thread' AND r.sender = $5 LIMIT 1) IS NOT NULL"
          + " FROM unnest($2::text[]) AS p (id)"
          + " JOIN projection.thread t ON t.room_id = $1 AND t.root_id = p.id"
          + " CROSS JOIN LATERAL (SELECT r.*"
          + WHERE_CHILD
          + "'m.thread' AND r.sender <> ALL ($6)"
          + " ORDER BY r.depth DESC, r.position DESC LIMIT $7) AS r";

  private static RelatedEvent related(Row row) {
    return new RelatedEvent(
        new EventRow(
            row.getString("event_id"),
            row.getLong("position"),
            row.getLong("depth"),
            row.getString("type"),
            row.getString("sender"),
            row.getString("state_key"),
            null),
        row.getString("parent_id"),
        row.getString("rel_type"));
  }
}
