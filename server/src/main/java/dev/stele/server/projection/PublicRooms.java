package dev.stele.server.projection;

import io.vertx.core.Future;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.Tuple;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.OptionalLong;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The rooms that the directory lists, the largest first. Answers include everything that was
 * committed when the question was asked. Thread-safe; futures fail only when the database does.
 */
public final class PublicRooms {
  private static final int MAX_WORDS = 8;

  /** Beyond so many rooms nobody counts them. */
  private static final int MAX_COUNT = 10_000;

  private final Questions questions;

  public PublicRooms(Projections projections, RoomsProjection projection, Pool pool) {
    this.questions = new Questions(projections, projection, pool);
  }

  /**
   * A room's place in the list.
   *
   * @param joined how many members it had
   * @param roomId the room
   */
  public record Place(long joined, String roomId) {
    /** The place of a room as it is now. */
    public static Place of(RoomSummary room) {
      return new Place(room.members().joined(), room.roomId());
    }
  }

  /**
   * Which rooms to list.
   *
   * @param term what the name, topic or alias must have words for; empty for all rooms
   * @param types the room types to list, where the empty type is that of most rooms; null for all
   * @param from the place to go on from, without it; null for the beginning
   * @param backwards whether to list what stands before that place
   * @param limit how many, at least 1
   */
  public record Query(
      String term,
      @Nullable List<String> types,
      @Nullable Place from,
      boolean backwards,
      int limit) {}

  /**
   * A part of the list.
   *
   * @param rooms the rooms, in the order of the list whatever the direction
   * @param more whether there are more in the direction that was asked for
   */
  public record Page(List<RoomSummary> rooms, boolean more) {}

  /** A part of the list. */
  public Future<Page> list(Query query) {
    List<String> sought = Words.sought(query.term(), MAX_WORDS);
    if (sought.isEmpty() && !query.term().isBlank()) {
      return Future.succeededFuture(new Page(List.of(), false));
    }
    Place from = query.from() == null ? new Place(Long.MAX_VALUE, "") : query.from();
    Tuple parameters =
        Tuple.tuple().addLong(from.joined()).addString(from.roomId()).addInteger(query.limit() + 1);
    if (!sought.isEmpty()) {
      Tuple unused =
          parameters.addString(
              sought.stream().map(word -> "'" + word + "':*").collect(Collectors.joining(" & ")));
    }
    if (query.types() != null) {
      Tuple unused = parameters.addArrayOfString(query.types().toArray(String[]::new));
    }
    return questions
        .all(sql(query, !sought.isEmpty()), parameters, RoomSummaries::summary)
        .map(rooms -> page(query, rooms));
  }

  /** How many rooms the directory lists; nothing if they are too many to count. */
  public Future<OptionalLong> count() {
    return questions
        .one(
            "SELECT count(*) AS rooms FROM (SELECT 1 FROM projection.room_summary"
                + " WHERE listed LIMIT $1) counted",
            Tuple.of(MAX_COUNT + 1),
            row -> row.getLong("rooms"))
        .map(
            counted -> {
              long rooms = counted.orElse(0L);
              return rooms > MAX_COUNT ? OptionalLong.empty() : OptionalLong.of(rooms);
            });
  }

  static String sql(Query query, boolean search) {
    String rooms =
        search ? found(query) : query.types() == null ? listed(query, "") : listedByType(query);
    return rooms + order(query, "r") + " LIMIT $3";
  }

  /**
   * The rooms that have the words: found first, and put into order then, for the planner would
   * rather try one room after the other.
   */
  private static String found(Query query) {
    return "WITH found AS MATERIALIZED (SELECT r.room_id, r.joined, r.room_type"
        + " FROM projection.room_summary r WHERE r.listed AND"
        + " (r.name_words || r.topic_words || r.alias_words) @@ $4::text::tsquery),"
        + " page AS (SELECT f.room_id FROM found f WHERE "
        + behind(query, "f")
        + (query.types() == null ? "" : " AND f.room_type = ANY($5)")
        + order(query, "f")
        + " LIMIT $3) SELECT "
        + RoomSummaries.COLUMNS
        + " FROM page JOIN projection.room_summary r ON r.room_id = page.room_id";
  }

  /** Each type has its part of an index, so a list of several is merged from theirs. */
  private static String listedByType(Query query) {
    return "SELECT r.* FROM unnest($4::text[]) AS t (room_type) CROSS JOIN LATERAL ("
        + listed(query, " AND r.room_type = t.room_type")
        + order(query, "r")
        + " LIMIT $3) r";
  }

  private static String listed(Query query, String condition) {
    return "SELECT "
        + RoomSummaries.COLUMNS
        + " FROM projection.room_summary r WHERE r.listed AND "
        + behind(query, "r")
        + condition;
  }

  private static String behind(Query query, String rooms) {
    return "("
        + rooms
        + ".joined, "
        + rooms
        + ".room_id) "
        + (query.backwards() ? ">" : "<")
        + " ($1, $2)";
  }

  private static String order(Query query, String rooms) {
    String direction = query.backwards() ? "" : " DESC";
    return " ORDER BY " + rooms + ".joined" + direction + ", " + rooms + ".room_id" + direction;
  }

  private static Page page(Query query, List<RoomSummary> found) {
    boolean more = found.size() > query.limit();
    List<RoomSummary> rooms = new ArrayList<>(more ? found.subList(0, query.limit()) : found);
    if (query.backwards()) {
      Collections.reverse(rooms);
    }
    return new Page(rooms, more);
  }
}
