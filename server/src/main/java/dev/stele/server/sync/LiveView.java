package dev.stele.server.sync;

import dev.stele.eventstore.Following;
import dev.stele.server.event.EventCache;
import dev.stele.server.event.KnownEvent;
import dev.stele.server.projection.MembershipRow;
import dev.stele.server.record.AccountDataSet;
import dev.stele.server.record.DeviceListChange;
import dev.stele.server.record.Entry;
import dev.stele.server.record.Fact;
import dev.stele.server.record.ReceiptSent;
import dev.stele.server.record.RecordLog;
import dev.stele.server.record.RoomEvent;
import dev.stele.server.record.RoomForgotten;
import dev.stele.server.record.ToDeviceSent;
import dev.stele.server.record.TokenChange;
import dev.stele.server.record.UsersVerified;
import io.vertx.core.Context;
import io.vertx.core.Future;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/**
 * What one event loop knows of the present. It follows the log: every record goes to the newest
 * records, to the users and rooms that it says something of, and wakes those whom it concerns.
 * Touched by that loop only.
 */
final class LiveView {
  private static final int MAX_RECORDS = 10_000;
  private static final long MAX_BYTES = 16L << 20;
  private static final long SMALL_FACT = 500;

  private final Loop loop;
  private final EventCache events;
  private final Window window;
  private final ActiveUsers users;
  private final Polls polls;
  private final KnownRooms rooms;
  private final Stays stays;
  private final RecentDeviceLists deviceLists;
  private final LiveKeyCounts keyCounts;
  private final JoinedRooms joined;
  private final Following following;

  /**
   * To be made on the event loop that it is to belong to.
   *
   * @param number tells it from the others in metrics
   */
  LiveView(
      int number,
      Context context,
      RecordLog log,
      ActiveUsers.Stored stored,
      EventCache events,
      SyncLimits limits) {
    long start = log.committed();
    this.loop = new Loop(context);
    this.polls = new Polls(loop, limits.polls());
    this.events = events;
    this.window = new Window(start, MAX_RECORDS, MAX_BYTES);
    this.users = new ActiveUsers(loop, window, stored, this::reached, limits);
    this.rooms = new KnownRooms(loop, window, stored.rooms(), events);
    this.stays = new Stays(window, events);
    this.deviceLists = new RecentDeviceLists(users, events);
    this.keyCounts = new LiveKeyCounts(loop, stored.keys());
    this.joined = stored.joined();
    this.following = log.follow("sync." + number, start, this::accept);
  }

  /** The loop that this belongs to. */
  Loop loop() {
    return loop;
  }

  /** The same future, completing on this loop. */
  <T> Future<T> here(Future<T> future) {
    return loop.here(future);
  }

  /** The last position that this loop has seen. */
  long position() {
    return following.position();
  }

  /** Completes on this loop once it has seen everything up to a position. */
  Future<Void> reached(long position) {
    return following.position() >= position
        ? Future.succeededFuture()
        : here(following.reached(position));
  }

  /** The newest records. */
  Window window() {
    return window;
  }

  /** Who polls here. */
  ActiveUsers users() {
    return users;
  }

  /** What waits here. */
  Polls polls() {
    return polls;
  }

  KnownRooms rooms() {
    return rooms;
  }

  /** Who stayed in rooms and who went. */
  Stays stays() {
    return stays;
  }

  /** Whose devices changed lately, and who came or went. */
  RecentDeviceLists deviceLists() {
    return deviceLists;
  }

  /** What the devices that poll here have left of their keys. */
  LiveKeyCounts keyCounts() {
    return keyCounts;
  }

  /**
   * Wakes everybody in any of these rooms: something that is not in the log has changed there. May
   * be called from any thread.
   */
  Future<Void> wakeRooms(Collection<String> roomIds) {
    return loop.run(
        () -> {
          Set<ActiveUser> concerned = new LinkedHashSet<>();
          roomIds.forEach(room -> concerned.addAll(users.in(room)));
          polls.wake(concerned);
          return Future.succeededFuture();
        });
  }

  Future<Void> close() {
    return following.close();
  }

  private Future<Void> accept(List<Entry> entries) {
    Concerned concerned = new Concerned(new HashSet<>(), new HashSet<>());
    for (Entry entry : entries) {
      fold(entry, concerned);
    }
    // After this batch counts as seen, so that the polls it wakes are answered up to its end.
    loop.later(() -> wake(concerned));
    return Future.succeededFuture();
  }

  /** Whom a batch concerns. Those in a room are told once, however many events it brings. */
  private record Concerned(Set<ActiveUser> users, Set<String> rooms) {}

  private void wake(Concerned concerned) {
    Set<ActiveUser> all = new LinkedHashSet<>(concerned.users);
    concerned.rooms.forEach(room -> all.addAll(users.in(room)));
    polls.wake(all);
  }

  private void fold(Entry entry, Concerned concerned) {
    Fact fact = entry.fact();
    long weight = SMALL_FACT;
    deviceLists.fold(entry, window.start());
    if (fact instanceof DeviceListChange change && change.looksDifferent()) {
      foldDeviceList(change.userId(), entry.position(), concerned);
    } else if (fact instanceof UsersVerified verified) {
      Optional.ofNullable(users.ifPresent(verified.userId())).ifPresent(concerned.users::add);
    }
    String keyOwner = keyCounts.fold(entry);
    ActiveUser owner = keyOwner == null ? null : users.ifPresent(keyOwner);
    if (owner != null) {
      concerned.users.add(owner);
    }
    if (fact instanceof RoomEvent event) {
      weight = foldEvent(entry, event, concerned);
    } else if (fact instanceof ReceiptSent receipt) {
      concerned.rooms.add(receipt.roomId());
    } else if (fact instanceof AccountDataSet data) {
      ActiveUser user = users.ifPresent(data.userId());
      if (user != null) {
        ActiveUsers.fold(user, data);
        concerned.users.add(user);
      }
    } else if (fact instanceof RoomForgotten forgotten) {
      ActiveUser user = users.ifPresent(forgotten.userId());
      if (user != null) {
        user.forget(forgotten.roomId(), entry.position());
      }
    } else if (fact instanceof ToDeviceSent sent) {
      weight = RecentToDevice.weight(sent);
      RecentToDevice.users(sent).stream()
          .map(users::ifPresent)
          .filter(Objects::nonNull)
          .forEach(concerned.users::add);
    } else {
      TokenChange.of(fact).forEach(this::fold);
    }
    Window.RecentEvent recent = window.add(entry, weight);
    if (recent != null) {
      rooms.remembered().fold(recent);
    }
  }

  /** Those who share a room with somebody are to look at that one's devices anew. */
  private void foldDeviceList(String userId, long position, Concerned concerned) {
    ActiveUser known = users.ifPresent(userId);
    if (known != null) {
      concerned.users.add(known);
      known.rooms().stream()
          .map(MembershipRow::roomId)
          .filter(known::isIn)
          .forEach(concerned.rooms::add);
    } else {
      // Should that fail, polls are told when they are woken next, or at the end of their time.
      var unused = joined.of(userId, position).compose(this::wakeRooms);
    }
  }

  /** A poll whose access token is void by now ends. */
  private void fold(TokenChange change) {
    polls.tokenIs(
        users.ifPresent(change.userId()),
        change.userId(),
        change.deviceId(),
        new TokenChanges.Token(change.tokenHash()));
  }

  private long foldEvent(Entry entry, RoomEvent event, Concerned concerned) {
    KnownEvent known = new KnownEvent(event, entry.position());
    events.put(known);
    if (event.redacts() != null) {
      events.redact(event.roomId(), event.redacts());
    }
    concerned.rooms.add(event.roomId());
    if (event.pdu().type().equals("m.room.member") && event.pdu().stateKey() != null) {
      ActiveUser target = users.ifPresent(event.pdu().stateKey());
      if (target != null) {
        users.fold(target, entry.position(), event);
        concerned.users.add(target);
      }
    }
    return known.weight();
  }
}
