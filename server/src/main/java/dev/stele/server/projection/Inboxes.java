package dev.stele.server.projection;

import io.vertx.core.Future;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.Tuple;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Questions about what waits for devices. Answers include everything that was committed when the
 * question was asked. Thread-safe; futures fail only when the database does.
 */
public final class Inboxes {
  static final String MESSAGES =
      "SELECT m.position, m.sender, c.type, c.content FROM projection.inbox_message m"
          + " JOIN projection.inbox_content c ON c.position = m.position AND c.number = m.number"
          + " WHERE m.user_id = $1 AND m.device_id = $2 AND m.position > $3 AND m.position <= $4"
          + " AND c.content IS NOT NULL ORDER BY m.position LIMIT $5";

  private final Questions questions;
  private final InboxProjection projection;

  public Inboxes(Projections projections, InboxProjection projection, Pool pool) {
    this.questions = new Questions(projections, projection, pool);
    this.projection = projection;
  }

  /** The devices of each of these users that can be sent something. */
  public Future<Map<String, List<String>>> devices(Collection<String> userIds) {
    return questions
        .all(
            "SELECT user_id, device_id FROM projection.inbox_device WHERE user_id = ANY ($1)"
                + " ORDER BY user_id, device_id",
            Tuple.tuple().addArrayOfString(userIds.toArray(String[]::new)),
            row -> new InboxOwner(row.getString("user_id"), row.getString("device_id")))
        .map(
            found -> {
              Map<String, List<String>> devices = new HashMap<>();
              for (InboxOwner device : found) {
                devices
                    .computeIfAbsent(device.userId(), user -> new ArrayList<>())
                    .add(device.deviceId());
              }
              return devices;
            });
  }

  /**
   * The oldest messages that wait for a device, in order.
   *
   * @param after only those behind this position
   * @param upTo only those up to this position
   */
  public Future<List<InboxMessage>> messages(
      String userId, String deviceId, long after, long upTo, int limit) {
    return questions.all(
        MESSAGES,
        Tuple.of(userId, deviceId, after, upTo, limit),
        row ->
            new InboxMessage(
                row.getLong("position"),
                row.getString("sender"),
                row.getString("type"),
                Questions.json(row.getString("content"))));
  }

  /** Whether anything waits for a device up to a position. */
  public Future<Boolean> anyWaits(String userId, String deviceId, long upTo) {
    return questions
        .one(
            "SELECT 1 AS found FROM projection.inbox_message"
                + " WHERE user_id = $1 AND device_id = $2 AND position <= $3 LIMIT 1",
            Tuple.of(userId, deviceId, upTo),
            row -> row.getInteger("found"))
        .map(found -> found.isPresent());
  }

  /** How many messages had to go unread since this server started, because inboxes were full. */
  public long dropped() {
    return projection.dropped();
  }
}
