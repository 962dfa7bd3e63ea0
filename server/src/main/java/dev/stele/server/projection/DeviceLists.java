package dev.stele.server.projection;

import io.vertx.core.Future;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.Tuple;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * Whose devices a user has to look at anew, and whose no longer. Client-server API, "Tracking the
 * device list for a user". Answers include everything that was committed when the question was
 * asked. Thread-safe; futures fail only when the database does.
 *
 * <p>What a question costs grows with what changed in between, and with the size of rooms that the
 * user has come into or gone from meanwhile; not with the size of the others.
 */
public final class DeviceLists {
  private static final String SHARES =
      "EXISTS (SELECT 1 FROM projection.membership m WHERE m.user_id = %s"
          + " AND m.membership = 'join' AND m.room_id = ANY ($4::text[]))";

  /** Whose devices changed, of those who share a room now. */
  private static final String CHANGED =
      "SELECT true AS changed, c.user_id FROM projection.device_list_change c"
          + " WHERE c.position > $2 AND (c.user_id = $1 OR "
          + SHARES.formatted("c.user_id")
          + ")";

  /** Whom the user has verified: nobody else sees that signature. */
  private static final String VERIFIED =
      "SELECT true, v.user_id FROM projection.user_verified v"
          + " WHERE v.signer = $1 AND v.position > $2";

  /** Who is in rooms that the user has come into. */
  private static final String MET =
      "SELECT true, m.user_id FROM projection.membership m"
          + " WHERE m.room_id = ANY ($5::text[]) AND m.membership = 'join' AND m.user_id <> $1";

  /** Who has come into rooms where the user has been. */
  private static final String CAME =
      "SELECT true, s.state_key FROM unnest($6::text[]) r (room_id)"
          + " JOIN projection.room_state s ON s.room_id = r.room_id AND s.since > $2"
          + " AND s.since <= $3 AND s.until > $3"
          + " WHERE s.type = 'm.room.member' AND s.value = 'join' AND s.state_key <> $1"
          + " AND NOT EXISTS"
          + " (SELECT 1 FROM projection.room_state o WHERE o.room_id = s.room_id"
          + " AND o.type = s.type AND o.state_key = s.state_key"
          + " AND o.since <= $2 AND o.until > $2 AND o.value = 'join')";

  /** Who has gone from rooms where the user still is. */
  private static final String WENT =
      "SELECT false, s.state_key FROM unnest($6::text[]) r (room_id)"
          + " JOIN projection.room_state s ON s.room_id = r.room_id AND s.until > $2"
          + " AND s.until <= $3 AND s.since <= $2"
          + " WHERE s.type = 'm.room.member' AND s.value = 'join' AND NOT "
          + SHARES.formatted("s.state_key");

  /** Who was in rooms from which the user has gone. */
  private static final String LOST =
      "SELECT false, s.state_key FROM projection.room_state s"
          + " WHERE s.room_id = ANY ($7::text[]) AND s.type = 'm.room.member'"
          + " AND s.value = 'join' AND s.since <= $2 AND s.until > $2 AND NOT "
          + SHARES.formatted("s.state_key");

  static final String NEWS = String.join(" UNION ", CHANGED, VERIFIED, MET, CAME, WENT, LOST);

  private final Questions changes;
  private final Questions rooms;

  public DeviceLists(
      Projections projections, DeviceListsProjection changes, RoomsProjection rooms, Pool pool) {
    this.changes = new Questions(projections, changes, pool);
    this.rooms = new Questions(projections, rooms, pool);
  }

  /**
   * What is new.
   *
   * @param changed whose devices or keys changed, whom the user has verified, or with whom a room
   *     is shared that was not before
   * @param left with whom no room is shared any more
   */
  public record News(Set<String> changed, Set<String> left) {
    public static final News NONE = new News(Set.of(), Set.of());

    public boolean isEmpty() {
      return changed.isEmpty() && left.isEmpty();
    }
  }

  /**
   * What is new to a user behind one position and up to another.
   *
   * @param memberships where the user has a membership at the latter
   */
  public Future<News> between(
      String userId, Collection<MembershipRow> memberships, long after, long upTo) {
    Set<String> now = new HashSet<>();
    Set<String> before = new HashSet<>();
    Set<String> unsure = new HashSet<>();
    for (MembershipRow row : memberships) {
      boolean joined = row.membership().equals("join");
      if (joined) {
        now.add(row.roomId());
      }
      if (row.position() > after) {
        unsure.add(row.roomId());
      } else if (joined) {
        before.add(row.roomId());
      }
    }
    return joinedAt(userId, unsure, after)
        .compose(
            found -> {
              before.addAll(found);
              return ask(userId, new Span(after, upTo), now, before);
            });
  }

  private record Span(long after, long upTo) {}

  private record Named(boolean changed, String userId) {}

  /** Which of these rooms a user was in at a position. */
  private Future<List<String>> joinedAt(String userId, Set<String> roomIds, long position) {
    return roomIds.isEmpty()
        ? Future.succeededFuture(List.of())
        : rooms.all(
            "SELECT room_id FROM projection.room_state WHERE room_id = ANY ($1)"
                + " AND type = 'm.room.member' AND state_key = $2"
                + " AND since <= $3 AND until > $3 AND value = 'join'",
            Tuple.tuple().addArrayOfString(array(roomIds)).addString(userId).addLong(position),
            row -> row.getString("room_id"));
  }

  private Future<News> ask(String userId, Span span, Set<String> now, Set<String> before) {
    Set<String> met = new HashSet<>(now);
    met.removeAll(before);
    Set<String> stayed = new HashSet<>(now);
    stayed.retainAll(before);
    Set<String> lost = new HashSet<>(before);
    lost.removeAll(now);
    Tuple parameters =
        Tuple.of(userId, span.after, span.upTo)
            .addArrayOfString(array(now))
            .addArrayOfString(array(met))
            .addArrayOfString(array(stayed))
            .addArrayOfString(array(lost));
    return rooms
        .caughtUp()
        .compose(
            caughtUp ->
                changes.all(
                    NEWS,
                    parameters,
                    row -> new Named(row.getBoolean("changed"), row.getString("user_id"))))
        .map(found -> news(userId, found));
  }

  private static News news(String userId, List<Named> found) {
    Set<String> changed = new TreeSet<>();
    Set<String> left = new TreeSet<>();
    for (Named named : found) {
      (named.changed ? changed : left).add(named.userId);
    }
    left.remove(userId);
    return new News(changed, left);
  }

  private static String[] array(Set<String> texts) {
    return texts.toArray(String[]::new);
  }
}
