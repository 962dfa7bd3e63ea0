package dev.stele.server.projection;

import dev.stele.server.text.TextVector;
import io.vertx.core.Future;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.Tuple;
import java.util.Collection;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Finds events by their words. Answers include everything that was committed when the question was
 * asked. Thread-safe; futures fail only when the database does.
 */
public final class SearchIndex {
  /** Up to how many rooms are looked for by index; among more, the words alone are. */
  private static final int MAX_ROOM_WORDS = 50;

  private final Questions questions;

  public SearchIndex(Projections projections, SearchProjection projection, Pool pool) {
    this.questions = new Questions(projections, projection, pool);
  }

  /**
   * What to look for.
   *
   * @param query a {@code tsquery}
   * @param rooms the rooms to look in
   * @param types the event types to look at
   * @param sender whose events; null for everybody's
   * @param upTo the last position that counts
   * @param limit how many at most
   */
  public record Question(
      String query,
      Collection<String> rooms,
      List<String> types,
      @Nullable String sender,
      long upTo,
      int limit) {}

  /**
   * An event that was found.
   *
   * @param hasUrl whether its content has a {@code url}
   * @param rank how well it matches
   */
  public record Match(String roomId, EventRow row, boolean hasUrl, float rank) {}

  /** The newest events that match, newest first. */
  public Future<List<Match>> find(Question question) {
    String query = "(" + question.query + ")";
    if (question.rooms.size() <= MAX_ROOM_WORDS) {
      List<String> rooms = question.rooms.stream().map(TextVector::room).sorted().toList();
      query = TextVector.any(rooms) + " & " + query;
    }
    return questions.all(
        FIND,
        Tuple.tuple()
            .addString(query)
            .addArrayOfString(question.rooms.toArray(String[]::new))
            .addArrayOfString(question.types.toArray(String[]::new))
            .addString(question.sender)
            .addLong(question.upTo)
            .addInteger(question.limit)
            .addString(question.query),
        SearchIndex::match);
  }

  static final String FIND =
      "SELECT s.position, s.room_id, s.depth, s.event_id, s.type, s.sender, s.has_url,"
          + " ts_rank(s.words, ($7::text)::tsquery, 1) AS rank FROM projection.search_event s"
          + " WHERE s.words @@ ($1::text)::tsquery AND s.room_id = ANY ($2) AND s.type = ANY ($3)"
          + " AND ($4::text IS NULL OR s.sender = $4) AND s.position <= $5"
          + " ORDER BY s.position DESC LIMIT $6";

  private static Match match(Row row) {
    String type = row.getString("type");
    return new Match(
        row.getString("room_id"),
        new EventRow(
            row.getString("event_id"),
            row.getLong("position"),
            row.getLong("depth"),
            type,
            row.getString("sender"),
            type.equals("m.room.message") ? null : "",
            null),
        row.getBoolean("has_url"),
        row.getFloat("rank"));
  }
}
