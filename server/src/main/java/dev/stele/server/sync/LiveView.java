package dev.stele.server.sync;

import dev.stele.eventstore.Following;
import dev.stele.server.event.EventCache;
import dev.stele.server.event.KnownEvent;
import dev.stele.server.projection.IgnoredUsers;
import dev.stele.server.projection.MembershipRow;
import dev.stele.server.projection.Rooms;
import dev.stele.server.record.AccountDataSet;
import dev.stele.server.record.Entry;
import dev.stele.server.record.Fact;
import dev.stele.server.record.ReceiptSent;
import dev.stele.server.record.RecordLog;
import dev.stele.server.record.RoomEvent;
import dev.stele.server.record.RoomForgotten;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.LongAdder;

/**
 * What one event loop knows of the present: the newest records, and the users who poll here.
 * Touched by that loop only.
 */
final class LiveView {
  private static final int MAX_RECORDS = 20_000;
  private static final long MAX_BYTES = 32L << 20;
  private static final int MAX_USERS = 20_000;
  private static final int EVICTED_AT_ONCE = 4;
  private static final long SMALL_FACT = 500;

  private final Context context;
  private final Rooms rooms;
  private final EventCache events;
  private final Window window;
  private final Following following;
  private final Map<String, ActiveUser> users = new LinkedHashMap<>(16, 0.75f, true);
  private final Map<String, Set<ActiveUser>> members = new HashMap<>();
  private final Map<String, Future<ActiveUser>> loading = new HashMap<>();
  private final LongAdder waiting = new LongAdder();

  /**
   * To be made on the event loop that it is to belong to.
   *
   * @param number tells it from the others in metrics
   */
  LiveView(int number, Context context, RecordLog log, Rooms rooms, EventCache events) {
    this.context = context;
    this.rooms = rooms;
    this.events = events;
    long start = log.committed();
    this.window = new Window(start, MAX_RECORDS, MAX_BYTES);
    this.following = log.follow("sync." + number, start, this::accept);
  }

  /** The last position that this loop has seen. */
  long position() {
    return following.position();
  }

  Window window() {
    return window;
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
        here(Future.all(rooms.memberships(userId), rooms.ignoredBy(userId)))
            .compose(
                both -> {
                  List<MembershipRow> rows = both.resultAt(0);
                  return reached(newest(rows))
                      .map(reached -> admit(userId, rows, both.resultAt(1)));
                });
    loading.put(userId, loaded);
    return loaded.onComplete(done -> loading.remove(userId));
  }

  void addWaiter(ActiveUser user, Waiter waiter) {
    user.waiters().add(waiter);
    waiting.increment();
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

  private ActiveUser admit(String userId, List<MembershipRow> rows, Set<String> ignored) {
    ActiveUser user = new ActiveUser(userId, rows, ignored);
    users.put(userId, user);
    // What this loop has seen since the rows were read.
    for (Window.RecentEvent recent : window.memberEvents(userId)) {
      updateMembership(user, recent.position, recent.event);
    }
    for (AccountDataSet set : window.accountData(userId, 0)) {
      ignoring(user, set);
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
        ignoring(user, data);
        concerned.add(user);
      }
    } else if (fact instanceof RoomForgotten forgotten) {
      ActiveUser user = users.get(forgotten.userId());
      if (user != null) {
        user.forget(forgotten.roomId(), entry.position());
      }
    }
    window.add(entry, weight);
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

  private static void ignoring(ActiveUser user, AccountDataSet set) {
    if (IgnoredUsers.says(set)) {
      user.ignore(IgnoredUsers.of(set));
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
