package dev.stele.server.sync;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.stele.eventstore.Following;
import dev.stele.server.event.EventCache;
import dev.stele.server.event.KnownEvent;
import dev.stele.server.projection.IgnoredUsers;
import dev.stele.server.projection.InviteBlocking;
import dev.stele.server.projection.MembershipRow;
import dev.stele.server.projection.Rooms;
import dev.stele.server.projection.UserData;
import dev.stele.server.record.AccountDataSet;
import dev.stele.server.record.DeviceOpened;
import dev.stele.server.record.DevicesClosed;
import dev.stele.server.record.Entry;
import dev.stele.server.record.Fact;
import dev.stele.server.record.ReceiptSent;
import dev.stele.server.record.RecordLog;
import dev.stele.server.record.RoomEvent;
import dev.stele.server.record.RoomForgotten;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Supplier;

/**
 * What one event loop knows of the present: the newest records, and the users who poll here.
 * Touched by that loop only.
 */
final class LiveView {
  private static final int MAX_RECORDS = 10_000;
  private static final long MAX_BYTES = 16L << 20;
  private static final int MAX_USERS = 20_000;
  private static final int EVICTED_AT_ONCE = 4;
  private static final long SMALL_FACT = 500;

  private final Context context;
  private final Rooms rooms;
  private final UserData userData;
  private final EventCache events;
  private final Window window;
  private final Following following;
  private final Map<String, ActiveUser> users = new LinkedHashMap<>(16, 0.75f, true);
  private final Map<String, Set<ActiveUser>> members = new HashMap<>();
  private final Map<String, Future<ActiveUser>> loading = new HashMap<>();
  private final LongAdder waiting = new LongAdder();
  private final SessionEnds sessionEnds = new SessionEnds();
  private final StoredSummaries summaries;
  private final StoredFacts storedFacts;
  private final LiveRooms liveRooms;
  private final Stays stays;

  /**
   * To be made on the event loop that it is to belong to.
   *
   * @param number tells it from the others in metrics
   */
  LiveView(int number, Context context, RecordLog log, Stored stored, EventCache events) {
    this.context = context;
    this.rooms = stored.rooms();
    this.userData = stored.userData();
    this.events = events;
    this.summaries = new StoredSummaries(stored.rooms().many(), events);
    this.storedFacts = new StoredFacts(stored.rooms().many(), events);
    this.liveRooms = new LiveRooms(events);
    long start = log.committed();
    this.window = new Window(start, MAX_RECORDS, MAX_BYTES);
    this.stays = new Stays(window, events);
    this.following = log.follow("sync." + number, start, this::accept);
  }

  /** What is read of users who begin to poll. */
  record Stored(Rooms rooms, UserData userData) {}

  /** The last position that this loop has seen. */
  long position() {
    return following.position();
  }

  Window window() {
    return window;
  }

  Vertx vertx() {
    return context.owner();
  }

  /** How many polls wait here. May be asked from any thread. */
  long waiting() {
    return waiting.sum();
  }

  /** Completes on this loop once it has seen everything up to a position. */
  Future<Void> reached(long position) {
    return following.position() >= position
        ? Future.succeededFuture()
        : here(following.reached(position));
  }

  /** The user, whose memberships are read on their first poll here. */
  Future<ActiveUser> user(String userId) {
    ActiveUser known = users.get(userId);
    if (known != null) {
      return Future.succeededFuture(known);
    }
    Future<ActiveUser> pending = loading.get(userId);
    if (pending != null) {
      return pending;
    }
    Future<ActiveUser> loaded =
        here(Future.all(
                rooms.memberships(userId),
                rooms.ignoredBy(userId),
                userData.accountData(userId, UserData.GLOBAL, InviteBlocking.TYPE)))
            .compose(
                all -> {
                  List<MembershipRow> rows = all.resultAt(0);
                  ActiveUser user = new ActiveUser(userId, rows, all.resultAt(1));
                  Optional<ObjectNode> permission = all.resultAt(2);
                  user.blockInvites(InviteBlocking.blocks(permission.orElse(null)));
                  return reached(newest(rows)).map(reached -> admit(user));
                });
    loading.put(userId, loaded);
    return loaded.onComplete(done -> loading.remove(userId));
  }

  /**
   * Lets a poll wait.
   *
   * @param since the position at which it was let in
   */
  void addWaiter(ActiveUser user, Waiter waiter, long since) {
    user.waiters().add(waiter);
    waiting.increment();
    long end = sessionEnds.of(user.userId(), waiter.deviceId());
    if (end > since) {
      waiter.loggedOut(end);
    }
  }

  /** The rooms with these ids, which are loaded if they are not in memory. */
  Future<Map<String, LiveRoom>> rooms(Collection<String> roomIds) {
    List<String> missing = liveRooms.missing(roomIds);
    Map<String, LiveRoom> found = liveRooms.present(roomIds);
    return missing.isEmpty()
        ? Future.succeededFuture(found)
        : here(summaries.load(missing))
            .map(
                loaded -> {
                  loaded.forEach(this::keep);
                  found.putAll(loaded);
                  return found;
                });
  }

  /** What lists are ordered and filtered by, of these rooms. */
  Future<Map<String, RoomFacts>> facts(Collection<String> roomIds) {
    Map<String, RoomFacts> found = liveRooms.facts(roomIds);
    List<String> missing = roomIds.stream().filter(room -> !found.containsKey(room)).toList();
    return missing.isEmpty()
        ? Future.succeededFuture(found)
        : here(storedFacts.load(missing))
            .map(
                loaded -> {
                  loaded.forEach(
                      (room, facts) -> liveRooms.put(room, facts, window.events(room, 0)));
                  found.putAll(loaded);
                  return found;
                });
  }

  /** Who is in rooms, as somebody sees it. */
  Future<Map<String, RoomSummary>> summaries(Collection<String> roomIds, String viewer) {
    return rooms(roomIds)
        .map(
            rooms -> {
              Map<String, RoomSummary> summaries = new HashMap<>();
              rooms.forEach((id, room) -> summaries.put(id, room.summary(viewer)));
              return summaries;
            });
  }

  /** Who stayed in rooms and who went. */
  Stays stays() {
    return stays;
  }

  /** The rooms and members that this loop remembers. */
  LiveRooms remembered() {
    return liveRooms;
  }

  private void keep(String roomId, LiveRoom room) {
    List<Window.RecentEvent> changes =
        window.events(roomId, 0).stream().filter(recent -> recent.event.pdu().isState()).toList();
    liveRooms.put(roomId, room, changes);
  }

  void removeWaiter(ActiveUser user, Waiter waiter) {
    if (user.waiters().remove(waiter)) {
      waiting.decrement();
    }
  }

  /** Wakes everybody in a room: something that is not in the log has changed there. */
  Future<Void> wakeRoom(String roomId) {
    Promise<Void> woken = Promise.promise();
    context.runOnContext(
        nothing -> {
          wake(new ArrayList<>(members.getOrDefault(roomId, Set.of())));
          woken.complete();
        });
    return woken.future();
  }

  /** Wakes everybody in any of these rooms. */
  Future<Void> wakeRooms(Collection<String> roomIds) {
    Promise<Void> woken = Promise.promise();
    context.runOnContext(
        nothing -> {
          Set<ActiveUser> concerned = new LinkedHashSet<>();
          roomIds.forEach(room -> concerned.addAll(members.getOrDefault(room, Set.of())));
          wake(concerned);
          woken.complete();
        });
    return woken.future();
  }

  Future<Void> close() {
    return following.close();
  }

  /** The same future, completing on this loop. */
  <T> Future<T> here(Future<T> future) {
    if (future.isComplete()) {
      return future;
    }
    Promise<T> promise = Promise.promise();
    future.onComplete(result -> context.runOnContext(nothing -> promise.handle(result)));
    return promise.future();
  }

  /** Runs a step on this loop, where the future completes, wherever this is called. */
  <T> Future<T> run(Supplier<Future<T>> step) {
    Promise<T> promise = Promise.promise();
    context.runOnContext(nothing -> step.get().onComplete(promise));
    return promise.future();
  }

  private ActiveUser admit(ActiveUser user) {
    String userId = user.userId();
    users.put(userId, user);
    // What this loop has seen since the rows were read.
    for (Window.RecentEvent recent : window.memberEvents(userId)) {
      updateMembership(user, recent.position, recent.event);
    }
    for (AccountDataSet set : window.accountData(userId, 0)) {
      take(user, set);
    }
    user.rooms().forEach(row -> index(user, row));
    evict();
    return user;
  }

  private Future<Void> accept(List<Entry> entries) {
    Set<ActiveUser> concerned = new LinkedHashSet<>();
    for (Entry entry : entries) {
      fold(entry, concerned);
    }
    // After this batch counts as seen, so that the polls it wakes are answered up to its end.
    context.runOnContext(nothing -> wake(concerned));
    return Future.succeededFuture();
  }

  private void fold(Entry entry, Set<ActiveUser> concerned) {
    Fact fact = entry.fact();
    long weight = SMALL_FACT;
    if (fact instanceof RoomEvent event) {
      weight = foldEvent(entry, event, concerned);
    } else if (fact instanceof ReceiptSent receipt) {
      concerned.addAll(members.getOrDefault(receipt.roomId(), Set.of()));
    } else if (fact instanceof AccountDataSet data) {
      ActiveUser user = users.get(data.userId());
      if (user != null) {
        take(user, data);
        concerned.add(user);
      }
    } else if (fact instanceof RoomForgotten forgotten) {
      ActiveUser user = users.get(forgotten.userId());
      if (user != null) {
        user.forget(forgotten.roomId(), entry.position());
      }
    } else if (fact instanceof DeviceOpened opened) {
      endSession(opened.userId(), opened.deviceId(), entry.position());
    } else if (fact instanceof DevicesClosed closed) {
      closed.deviceIds().forEach(device -> endSession(closed.userId(), device, entry.position()));
    }
    Window.RecentEvent recent = window.add(entry, weight);
    if (recent != null) {
      liveRooms.fold(recent);
    }
  }

  private void endSession(String userId, String deviceId, long position) {
    sessionEnds.add(userId, deviceId, position);
    ActiveUser user = users.get(userId);
    if (user != null) {
      List.copyOf(user.waiters()).stream()
          .filter(waiter -> waiter.deviceId().equals(deviceId))
          .forEach(waiter -> waiter.loggedOut(position));
    }
  }

  private long foldEvent(Entry entry, RoomEvent event, Set<ActiveUser> concerned) {
    KnownEvent known = new KnownEvent(event, entry.position());
    events.put(known);
    if (event.redacts() != null) {
      events.redact(event.roomId(), event.redacts());
    }
    concerned.addAll(members.getOrDefault(event.roomId(), Set.of()));
    if (event.pdu().type().equals("m.room.member") && event.pdu().stateKey() != null) {
      ActiveUser target = users.get(event.pdu().stateKey());
      if (target != null) {
        updateMembership(target, entry.position(), event);
        concerned.add(target);
      }
    }
    return known.weight();
  }

  private void updateMembership(ActiveUser user, long position, RoomEvent event) {
    MembershipRow row = Memberships.row(user.userId(), position, event);
    if (row != null && user.update(row)) {
      index(user, row);
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

  private static void take(ActiveUser user, AccountDataSet set) {
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

  private static void wake(Collection<ActiveUser> concerned) {
    for (ActiveUser user : concerned) {
      List.copyOf(user.waiters()).forEach(Waiter::wake);
    }
  }

  /** Lets go of users who have not polled for longest; those who wait are kept. */
  private void evict() {
    Iterator<ActiveUser> eldest = users.values().iterator();
    for (int i = 0; i < EVICTED_AT_ONCE && users.size() > MAX_USERS; i++) {
      ActiveUser user = eldest.next();
      if (user.waiters().isEmpty()) {
        eldest.remove();
        user.rooms().forEach(row -> unindex(user, row.roomId()));
      }
    }
  }

  private static long newest(List<MembershipRow> rows) {
    return rows.stream().mapToLong(MembershipRow::position).max().orElse(0);
  }
}
