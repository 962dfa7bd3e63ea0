package dev.stele.server.sync;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.stele.server.projection.EncryptionKeys;
import dev.stele.server.projection.IgnoredUsers;
import dev.stele.server.projection.InviteBlocking;
import dev.stele.server.projection.MembershipRow;
import dev.stele.server.projection.Rooms;
import dev.stele.server.projection.UserData;
import dev.stele.server.record.AccountDataSet;
import dev.stele.server.record.RoomEvent;
import io.vertx.core.Future;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.LongFunction;
import org.jspecify.annotations.Nullable;

/**
 * The users who poll on an event loop, and who of them is in which room: read on their first poll
 * and folded from then on. Bounded; those who have not polled for longest are forgotten. Belongs to
 * that loop.
 */
final class ActiveUsers {
  private static final int EVICTED_AT_ONCE = 4;

  private final Loop loop;
  private final Window window;
  private final Stored stored;
  private final LongFunction<Future<Void>> reached;
  private final SyncLimits limits;
  private final Map<String, ActiveUser> users = new LinkedHashMap<>(16, 0.75f, true);
  private final Map<String, Set<ActiveUser>> members = new HashMap<>();
  private final Map<String, Future<ActiveUser>> loading = new HashMap<>();

  private int memberships;

  /**
   * @param reached completes on the loop once it has seen everything up to a position
   */
  ActiveUsers(
      Loop loop,
      Window window,
      Stored stored,
      LongFunction<Future<Void>> reached,
      SyncLimits limits) {
    this.loop = loop;
    this.window = window;
    this.stored = stored;
    this.reached = reached;
    this.limits = limits;
  }

  /**
   * What is read of users who begin to poll.
   *
   * @param joined where others are
   */
  record Stored(Rooms rooms, UserData userData, EncryptionKeys keys, JoinedRooms joined) {}

  /** The user, whose memberships are read on their first poll here. */
  Future<ActiveUser> get(String userId) {
    ActiveUser known = users.get(userId);
    if (known != null) {
      return Future.succeededFuture(known);
    }
    Future<ActiveUser> pending = loading.get(userId);
    if (pending != null) {
      return pending;
    }
    Future<ActiveUser> loaded = load(userId);
    loading.put(userId, loaded);
    return loaded.onComplete(done -> loading.remove(userId));
  }

  /** The user, if they are known here. */
  @Nullable ActiveUser ifPresent(String userId) {
    return users.get(userId);
  }

  /** How many users are known; about right on other threads. */
  int size() {
    return users.size();
  }

  /** How many memberships they have; about right on other threads. */
  int memberships() {
    return memberships;
  }

  /** Those who are in a room. */
  Set<ActiveUser> in(String roomId) {
    return members.getOrDefault(roomId, Set.of());
  }

  /** Takes the next member event about a user. */
  void fold(ActiveUser user, long position, RoomEvent event) {
    MembershipRow row = Memberships.row(user.userId(), position, event);
    boolean isNew = row != null && user.in(row.roomId()) == null;
    if (row != null && user.update(row)) {
      memberships += isNew ? 1 : 0;
      index(user, row);
      evict(user);
    }
  }

  private Future<ActiveUser> load(String userId) {
    return loop.here(
            Future.all(
                stored.rooms.memberships(userId),
                stored.rooms.ignoredBy(userId),
                stored.userData.accountData(userId, UserData.GLOBAL, InviteBlocking.TYPE)))
        .compose(
            all -> {
              List<MembershipRow> rows = all.resultAt(0);
              ActiveUser user = new ActiveUser(userId, rows, all.resultAt(1));
              Optional<ObjectNode> permission = all.resultAt(2);
              user.blockInvites(InviteBlocking.blocks(permission.orElse(null)));
              return reached.apply(newest(rows)).map(done -> admit(user));
            });
  }

  private ActiveUser admit(ActiveUser user) {
    String userId = user.userId();
    users.put(userId, user);
    memberships += user.rooms().size();
    // What this loop has seen since the rows were read.
    for (Window.RecentEvent recent : window.memberEvents(userId)) {
      fold(user, recent.position, recent.event);
    }
    for (AccountDataSet set : window.accountData(userId, 0)) {
      fold(user, set);
    }
    user.rooms().forEach(row -> index(user, row));
    evict(user);
    return user;
  }

  /** Takes the next account data of a user. */
  static void fold(ActiveUser user, AccountDataSet set) {
    if (IgnoredUsers.says(set)) {
      user.ignore(IgnoredUsers.of(set));
    }
    if (user.marks() != null) {
      user.marks().fold(set.roomId(), set.type(), set.content());
    }
    if (InviteBlocking.says(set)) {
      user.blockInvites(InviteBlocking.blocks(set.content()));
    }
  }

  private void index(ActiveUser user, MembershipRow row) {
    if (row.membership().equals("join")) {
      members.computeIfAbsent(row.roomId(), room -> new HashSet<>()).add(user);
    } else {
      unindex(user, row.roomId());
    }
  }

  private void unindex(ActiveUser user, String roomId) {
    Set<ActiveUser> present = members.get(roomId);
    if (present != null && present.remove(user) && present.isEmpty()) {
      members.remove(roomId);
    }
  }

  /** Lets go of users who have not polled for longest; those who wait are kept. */
  private void evict(ActiveUser newest) {
    Iterator<ActiveUser> eldest = users.values().iterator();
    for (int i = 0; i < EVICTED_AT_ONCE && isFull() && eldest.hasNext(); i++) {
      ActiveUser user = eldest.next();
      if (user.waiters().isEmpty() && user != newest) {
        eldest.remove();
        memberships -= user.rooms().size();
        user.rooms().forEach(row -> unindex(user, row.roomId()));
      }
    }
  }

  private boolean isFull() {
    return users.size() > limits.users() || memberships > limits.memberships();
  }

  private static long newest(List<MembershipRow> rows) {
    return rows.stream().mapToLong(MembershipRow::position).max().orElse(0);
  }
}
