package dev.stele.server.projection;

import com.fasterxml.jackson.databind.JsonNode;
import io.vertx.core.Future;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.Tuple;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Finds users by their ids and display names, among those whom the asker may know of: who shares a
 * room with them, and who is in a room that everybody may enter or read. Client-server API, "User
 * Directory". Thread-safe; futures fail only when the database does.
 *
 * <p>A search looks at the users who have a word that begins with its longest one, in the order of
 * those words, and no further than {@value #MAX_CANDIDATES}: what it costs does not grow with the
 * number of users.
 */
public final class UserDirectory {
  static final int MAX_CANDIDATES = 1_000;

  private static final int MAX_WORDS = 8;

  /** Sorts behind all that follows in a word. */
  private static final String LAST = new String(Character.toChars(Character.MAX_CODE_POINT));

  static final String SEARCH =
      """
      WITH hits AS MATERIALIZED (
        SELECT user_id, word FROM projection.user_word
        WHERE word >= $2 AND word < $3 ORDER BY word, user_id LIMIT $6),
      candidates AS MATERIALIZED (
        SELECT h.user_id, h.exact, n.value AS display_name, a.value AS avatar_url
        FROM (SELECT user_id, bool_or(word = $2) AS exact FROM hits GROUP BY user_id) h
        LEFT JOIN projection.profile n ON n.user_id = h.user_id AND n.field = 'displayname'
        LEFT JOIN projection.profile a ON a.user_id = h.user_id AND a.field = 'avatar_url'
        ORDER BY h.exact DESC, n.value IS NULL, h.user_id)
      SELECT t.hits, found.* FROM (SELECT count(*) AS hits FROM hits) t
      LEFT JOIN LATERAL (
        SELECT c.user_id, c.display_name, c.avatar_url FROM candidates c
        CROSS JOIN LATERAL (
          SELECT 1 FROM projection.membership m
          JOIN projection.room_summary s ON s.room_id = m.room_id
          LEFT JOIN projection.membership v
            ON v.user_id = $1 AND v.room_id = m.room_id AND v.membership = 'join'
          WHERE m.user_id = c.user_id AND m.membership = 'join'
            AND (s.join_rule = 'public' OR s.world_readable OR v.user_id IS NOT NULL)
          LIMIT 1) known
        WHERE starts_with(substr(c.user_id, strpos(c.user_id, ':') + 1), $7)
          AND NOT EXISTS (
            SELECT 1 FROM unnest($4::text[], $5::text[]) AS other (first, last)
            WHERE NOT EXISTS (
              SELECT 1 FROM projection.user_word w WHERE w.user_id = c.user_id
                AND w.word >= other.first COLLATE "C" AND w.word < other.last COLLATE "C"))
        LIMIT $8) found ON true
      """;

  private final Projections projections;
  private final RoomsProjection rooms;
  private final Questions questions;

  public UserDirectory(
      Projections projections, AccountsProjection accounts, RoomsProjection rooms, Pool pool) {
    this.projections = projections;
    this.rooms = rooms;
    this.questions = new Questions(projections, accounts, pool);
  }

  /**
   * Somebody who was found.
   *
   * @param userId the user
   * @param displayName their display name, or null
   * @param avatarUrl their avatar, or null
   */
  public record Found(String userId, @Nullable String displayName, @Nullable String avatarUrl) {}

  /**
   * What a search found.
   *
   * @param users the users, best first
   * @param limited whether there may be more
   */
  public record Result(List<Found> users, boolean limited) {}

  /**
   * Finds users whose id or display name has, for each word of the text, a word that begins so.
   *
   * @param viewer who asks
   * @param text what to look for; a text that begins with {@code @} is the beginning of a user id
   * @param limit how many to find, at least 1
   */
  public Future<Result> search(String viewer, String text, int limit) {
    int colon = text.startsWith("@") ? text.indexOf(':') : -1;
    List<String> words = Words.sought(colon < 0 ? text : text.substring(0, colon), MAX_WORDS);
    if (words.isEmpty()) {
      return Future.succeededFuture(new Result(List.of(), false));
    }
    List<String> others = words.subList(1, words.size());
    Tuple parameters =
        Tuple.tuple()
            .addString(viewer)
            .addString(words.get(0))
            .addString(words.get(0) + LAST)
            .addArrayOfString(others.toArray(String[]::new))
            .addArrayOfString(others.stream().map(word -> word + LAST).toArray(String[]::new))
            .addInteger(MAX_CANDIDATES)
            .addString(colon < 0 ? "" : text.substring(colon + 1).replace("\0", ""))
            .addInteger(limit + 1);
    return projections
        .caughtUp(rooms)
        .compose(caughtUp -> questions.all(SEARCH, parameters, row -> row))
        .map(rows -> result(rows, limit));
  }

  private static Result result(List<Row> rows, int limit) {
    List<Found> found = new ArrayList<>();
    boolean limited = false;
    for (Row row : rows) {
      limited |= row.getLong("hits") >= MAX_CANDIDATES;
      String userId = row.getString("user_id");
      if (userId != null) {
        found.add(new Found(userId, text(row, "display_name"), text(row, "avatar_url")));
      }
    }
    return new Result(
        found.subList(0, Math.min(limit, found.size())), limited || found.size() > limit);
  }

  private static @Nullable String text(Row row, String column) {
    String json = row.getString(column);
    JsonNode value = json == null ? null : Questions.json(json);
    return value == null ? null : value.textValue();
  }
}
