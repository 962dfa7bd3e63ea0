package dev.stele.server.projection;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.stele.server.record.ReceiptSent;
import io.vertx.core.Future;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.Tuple;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Questions about account data and receipts. Answers include everything that was committed when the
 * question was asked. Thread-safe; futures fail only when the database does.
 */
public final class UserData {
  /** The room under which global account data is kept. */
  public static final String GLOBAL = "";

  private final Questions questions;

  public UserData(Projections projections, UserDataProjection projection, Pool pool) {
    this.questions = new Questions(projections, projection, pool);
  }

  /** One piece of a user's account data, of a room or {@link #GLOBAL}. */
  public Future<Optional<ObjectNode>> accountData(String userId, String roomId, String type) {
    return questions.one(
        "SELECT content FROM projection.account_data"
            + " WHERE user_id = $1 AND room_id = $2 AND type = $3",
        Tuple.of(userId, roomId, type),
        row -> (ObjectNode) Questions.json(row.getString("content")));
  }

  /** One piece of the global account data of each of these users that has it, by user id. */
  public Future<Map<String, ObjectNode>> accountData(Collection<String> userIds, String type) {
    return questions
        .all(
            "SELECT user_id, content FROM projection.account_data"
                + " WHERE user_id = ANY($1) AND room_id = '' AND type = $2",
            Tuple.of(userIds.toArray(String[]::new), type),
            row ->
                Map.entry(
                    row.getString("user_id"),
                    (ObjectNode) Questions.json(row.getString("content"))))
        .map(
            found ->
                found.stream().collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue)));
  }

  /**
   * The account data that a user stored after a position, oldest first; all of it after 0. Of what
   * was stored again only the newest.
   */
  public Future<List<AccountDataRow>> accountData(String userId, long after) {
    return questions.all(
        "SELECT room_id, type, content, position FROM projection.account_data"
            + " WHERE user_id = $1 AND position > $2 ORDER BY position",
        Tuple.of(userId, after),
        UserData::accountDataRow);
  }

  /** All account data of a user in these rooms, oldest first. */
  public Future<List<AccountDataRow>> accountDataIn(Collection<String> roomIds, String userId) {
    return questions.all(
        "SELECT room_id, type, content, position FROM projection.account_data"
            + " WHERE user_id = $1 AND room_id = ANY($2) ORDER BY position",
        Tuple.tuple().addString(userId).addArrayOfString(roomIds.toArray(String[]::new)),
        UserData::accountDataRow);
  }

  /**
   * The newest receipts of a room that were sent after a position, oldest first; all of them after
   * 0. Private receipts only if they are the viewer's own.
   */
  public Future<List<ReceiptSent>> receipts(String roomId, String viewer, long after) {
    return questions.all(
        "SELECT room_id, user_id, type, thread_id, event_id, ts FROM projection.receipt"
            + " WHERE room_id = $1 AND position > $3"
            + " AND (type <> 'm.read.private' OR user_id = $2) ORDER BY position",
        Tuple.of(roomId, viewer, after),
        UserData::receipt);
  }

  /**
   * The newest receipts of rooms that were sent after a position, oldest first, by room. Of each
   * room at most {@code limit}, and the viewer's own. Private receipts only if they are the
   * viewer's own.
   *
   * @param afters the position for each room
   */
  public Future<Map<String, List<ReceiptSent>>> receipts(
      Map<String, Long> afters, String viewer, int limit) {
    return questions
        .all(
            receiptsSql(),
            Tuple.tuple()
                .addArrayOfString(afters.keySet().toArray(String[]::new))
                .addArrayOfLong(afters.values().toArray(Long[]::new))
                .addString(viewer)
                .addInteger(limit),
            UserData::receipt)
        .map(
            receipts ->
                receipts.stream()
                    .collect(
                        Collectors.groupingBy(
                            ReceiptSent::roomId, LinkedHashMap::new, Collectors.toList())));
  }

  static String receiptsSql() {
    return "SELECT r.room_id, r.user_id, r.type, r.thread_id, r.event_id, r.ts, r.position"
        + " FROM unnest($1::text[], $2::bigint[]) AS q (room_id, after_) CROSS JOIN LATERAL"
        + " ((SELECT * FROM projection.receipt t WHERE t.room_id = q.room_id"
        + " AND t.position > q.after_ AND t.type <> 'm.read.private'"
        + " ORDER BY t.room_id DESC, t.position DESC LIMIT $4)"
        + " UNION (SELECT * FROM projection.receipt t WHERE t.room_id = q.room_id"
        + " AND t.user_id = $3 OFFSET 0)) r WHERE r.position > q.after_ ORDER BY r.position";
  }

  /** Which of these rooms have receipts after a position that the viewer may know of. */
  public Future<Set<String>> roomsWithReceipts(
      Collection<String> roomIds, String viewer, long after) {
    return questions
        .all(
            "SELECT q.room_id FROM unnest($1::text[]) AS q (room_id) CROSS JOIN LATERAL"
                + " (SELECT FROM projection.receipt r WHERE r.room_id = q.room_id"
                + " AND r.position > $2 AND (r.type <> 'm.read.private' OR r.user_id = $3)"
                + " LIMIT 1) x",
            Tuple.of(roomIds.toArray(String[]::new), after, viewer),
            row -> row.getString("room_id"))
        .map(HashSet::new);
  }

  /** A user's own receipts in a room, of every kind and thread. */
  public Future<List<ReceiptSent>> receiptsOf(String userId, String roomId) {
    return questions.all(
        "SELECT room_id, user_id, type, thread_id, event_id, ts FROM projection.receipt"
            + " WHERE room_id = $1 AND user_id = $2 ORDER BY position",
        Tuple.of(roomId, userId),
        UserData::receipt);
  }

  /** A user's own receipts in these rooms, of every kind and thread. */
  public Future<List<ReceiptSent>> receiptsOf(String userId, Collection<String> roomIds) {
    return questions.all(
        "SELECT room_id, user_id, type, thread_id, event_id, ts FROM projection.receipt"
            + " WHERE room_id = ANY($1) AND user_id = $2 ORDER BY position",
        Tuple.of(roomIds.toArray(String[]::new), userId),
        UserData::receipt);
  }

  private static AccountDataRow accountDataRow(Row row) {
    return new AccountDataRow(
        row.getString("room_id"),
        row.getString("type"),
        Questions.json(row.getString("content")),
        row.getLong("position"));
  }

  private static ReceiptSent receipt(Row row) {
    String thread = row.getString("thread_id");
    return new ReceiptSent(
        row.getString("room_id"),
        row.getString("user_id"),
        row.getString("type"),
        thread.isEmpty() ? null : thread,
        row.getString("event_id"),
        row.getLong("ts"));
  }
}
