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
        Tuple.tuple()
            .addLong(from.joined())
            .addString(from.roomId())
            .addInteger(query.limit() + 1);
    if (!sought.isEmpty()) {
      parameters.addString(
          sought.stream().map(word -> "'" + word + "':*").collect(Collectors.joining(" & ")));
    }
    if (query.types() != null) {
      parameters.addArrayOfString(query.types().toArray(String[]::new));
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

  /** Each type has an index of its own, so a list of several is merged from theirs. */
  static String sql(Query query, boolean search) {
    String order = query.backwards() ? " ORDER BY r.joined, r.room_id" : " ORDER BY r.joined DESC, r.room_id DESC";
    String condition =
        " WHERE r.listed AND (r.joined, r.room_id) "
            + (query.backwards() ? ">" : "<")
            + " ($1, $2)"
            + (search
                ? " AND (r.name_words || r.topic_words || r.alias_words) @@ $4::text::tsquery"
                : "");
    String rooms = "SELECT " + RoomSummaries.COLUMNS + " FROM projection.room_summary r" + condition;
    String bounded = order + " LIMIT $3";
    if (query.types() == null) {
      return rooms + bounded;
    }
    return "SELECT r.* FROM unnest($"
        + (search ? 5 : 4)
        + "::text[]) AS t (room_type) CROSS JOIN LATERAL ("
        + rooms
        + " AND r.room_type = t.room_type"
        + bounded
        + ") r"
        + bounded;
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
