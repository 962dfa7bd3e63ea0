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
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Which rooms people are in, whether they poll or not: asked when their devices change or they
 * leave, so that those who share a room with them hear of it. Somebody who is not remembered is
 * looked up once, and folded from then on; new users are known from the start. Bounded.
 * Thread-safe; what it does under its lock is short.
 */
final class JoinedRooms {
  private static final int MAX_USERS = 50_000;

  private final Rooms rooms;
  private final Following following;
  private final Map<String, Map<String, MembershipRow>> users =
      new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Map<String, MembershipRow>> eldest) {
          return size() > MAX_USERS;
        }
      };
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

  Future<Void> close() {
    return following.close();
  }

  private synchronized Future<Set<String>> of(String userId) {
    Map<String, MembershipRow> known = users.get(userId);
    if (known != null) {
      return Future.succeededFuture(joined(known));
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
    Map<String, MembershipRow> known = new HashMap<>();
    rows.forEach(row -> known.put(row.roomId(), row));
    since.forEach(row -> take(known, row));
    loading.remove(userId);
    users.put(userId, known);
    return joined(known);
  }

  private synchronized Future<Void> accept(List<Entry> entries) {
    for (Entry entry : entries) {
      if (entry.fact() instanceof UserRegistered registered) {
        users.put(registered.userId(), new HashMap<>());
      } else if (entry.fact() instanceof RoomEvent event
          && event.pdu().type().equals("m.room.member")
          && event.pdu().stateKey() != null) {
        take(event.pdu().stateKey(), entry.position(), event);
      }
    }
    return Future.succeededFuture();
  }

  private void take(String userId, long position, RoomEvent event) {
    Map<String, MembershipRow> known = users.get(userId);
    Loading pending = loading.get(userId);
    if (known == null && pending == null) {
      return;
    }
    MembershipRow row = Memberships.row(userId, position, event);
    if (row != null && known != null) {
      take(known, row);
    } else if (row != null && pending != null) {
      pending.since.add(row);
    }
  }

  private static void take(Map<String, MembershipRow> known, MembershipRow row) {
    MembershipRow unused =
        known.merge(
            row.roomId(), row, (old, other) -> old.position() > other.position() ? old : other);
  }

  private static Set<String> joined(Map<String, MembershipRow> known) {
    return known.values().stream()
        .filter(row -> row.membership().equals("join"))
        .map(MembershipRow::roomId)
        .collect(Collectors.toUnmodifiableSet());
  }
}
