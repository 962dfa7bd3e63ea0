package dev.stele.server.sync;

import dev.stele.eventstore.Following;
import dev.stele.server.projection.MembershipRow;
import dev.stele.server.projection.Rooms;
import dev.stele.server.record.Entry;
import dev.stele.server.record.RecordLog;
import dev.stele.server.record.RoomEvent;
import dev.stele.server.record.UserRegistered;
import io.vertx.core.Future;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Which rooms people are in, whether they poll or not: asked when their devices change or they
 * leave, so that those who share a room with them hear of it. Somebody who is not remembered is
 * looked up once, and folded from then on; new users are known from the start. Bounded; whoever was
 * asked for longest ago is forgotten. Thread-safe; what it does under its lock is short.
 */
final class JoinedRooms {
  private static final int MAX_USERS = 50_000;
  private static final int MAX_ROOMS = 200_000;

  private final Rooms rooms;
  private final Following following;
  private final Map<String, Set<String>> users = new LinkedHashMap<>(16, 0.75f, true);
  private int held;
  private final Map<String, Loading> loading = new HashMap<>();

  JoinedRooms(RecordLog log, Rooms rooms) {
    this.rooms = rooms;
    this.following = log.follow("sync.joined_rooms", log.committed(), this::accept);
  }

  /** Somebody who is being looked up, and what has happened to them since that began. */
  private record Loading(List<MembershipRow> since, Future<Set<String>> rooms) {}

  /** The rooms that a user is in, as of a position or a little later. */
  Future<Set<String>> of(String userId, long position) {
    return following.position() >= position
        ? of(userId)
        : following.reached(position).compose(reached -> of(userId));
  }

  /** How many rooms are remembered, counted for each user. */
  synchronized int held() {
    return held;
  }

  Future<Void> close() {
    return following.close();
  }

  private synchronized Future<Set<String>> of(String userId) {
    Set<String> known = users.get(userId);
    if (known != null) {
      return Future.succeededFuture(Set.copyOf(known));
    }
    Loading pending = loading.get(userId);
    if (pending != null) {
      return pending.rooms;
    }
    List<MembershipRow> since = new ArrayList<>();
    Future<Set<String>> found = rooms.memberships(userId).map(rows -> loaded(userId, rows, since));
    loading.put(userId, new Loading(since, found));
    return found.onFailure(failure -> forget(userId));
  }

  private synchronized void forget(String userId) {
    loading.remove(userId);
  }

  private synchronized Set<String> loaded(
      String userId, List<MembershipRow> rows, List<MembershipRow> since) {
    Map<String, MembershipRow> newest = new HashMap<>();
    rows.forEach(row -> newest.put(row.roomId(), row));
    for (MembershipRow row : since) {
      MembershipRow unused =
          newest.merge(
              row.roomId(), row, (old, other) -> old.position() > other.position() ? old : other);
    }
    Set<String> joined = new HashSet<>();
    newest.values().stream()
        .filter(row -> row.membership().equals("join"))
        .forEach(row -> joined.add(row.roomId()));
    loading.remove(userId);
    keep(userId, joined);
    return Set.copyOf(joined);
  }

  private void keep(String userId, Set<String> joined) {
    Set<String> before = users.put(userId, joined);
    held += joined.size() - (before == null ? 0 : before.size());
    Iterator<Set<String>> eldest = users.values().iterator();
    while (users.size() > MAX_USERS || (held > MAX_ROOMS && users.size() > 1)) {
      held -= eldest.next().size();
      eldest.remove();
    }
  }

  private synchronized Future<Void> accept(List<Entry> entries) {
    for (Entry entry : entries) {
      if (entry.fact() instanceof UserRegistered registered) {
        keep(registered.userId(), new HashSet<>());
      } else if (entry.fact() instanceof RoomEvent event
          && event.pdu().type().equals("m.room.member")
          && event.pdu().stateKey() != null) {
        take(event.pdu().stateKey(), entry.position(), event);
      }
    }
    return Future.succeededFuture();
  }

  private void take(String userId, long position, RoomEvent event) {
    Set<String> known = users.get(userId);
    Loading pending = loading.get(userId);
    MembershipRow row =
        known == null && pending == null ? null : Memberships.row(userId, position, event);
    if (row == null) {
      return;
    }
    if (known != null) {
      boolean joined = row.membership().equals("join");
      boolean changed = joined ? known.add(row.roomId()) : known.remove(row.roomId());
      held += changed ? (joined ? 1 : -1) : 0;
    }
    if (pending != null) {
      pending.since.add(row);
    }
  }
}
