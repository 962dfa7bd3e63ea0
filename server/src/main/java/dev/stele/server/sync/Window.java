package dev.stele.server.sync;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import dev.stele.server.event.KnownEvent;
import dev.stele.server.projection.EventRow;
import dev.stele.server.projection.InboxMessage;
import dev.stele.server.projection.StateRow;
import dev.stele.server.record.AccountDataSet;
import dev.stele.server.record.Entry;
import dev.stele.server.record.ReceiptSent;
import dev.stele.server.record.RoomEvent;
import dev.stele.server.record.ToDeviceSent;
import dev.stele.stateres.event.Pdu;
import dev.stele.stateres.event.StateKey;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The newest records of the log, by room and by user. Bounded in number and in memory. Belongs to
 * one event loop.
 */
final class Window {
  private final int maxRecords;
  private final long maxBytes;
  private final ArrayDeque<Held> order = new ArrayDeque<>();
  private final Map<String, RecentRoom> rooms = new HashMap<>();
  private final Map<String, ArrayDeque<Entry>> accountData = new HashMap<>();
  private final Map<String, ArrayDeque<RecentEvent>> memberEvents = new HashMap<>();
  private final RecentToDevice toDevice = new RecentToDevice();
  private long start;
  private long bytes;

  /**
   * @param start the position after which this window begins
   */
  Window(long start, int maxRecords, long maxBytes) {
    this.start = start;
    this.maxRecords = maxRecords;
    this.maxBytes = maxBytes;
  }

  /** The position up to which records are forgotten. */
  long start() {
    return start;
  }

  /** About how much memory they take; about right on other threads. */
  long bytes() {
    return bytes;
  }

  /** Whether everything after a position is here. */
  boolean covers(long position) {
    return position >= start;
  }

  /**
   * Adds the next record.
   *
   * @return the event that it is, or null if it is something else
   */
  @CanIgnoreReturnValue
  @Nullable RecentEvent add(Entry entry, long weight) {
    RecentEvent recent = null;
    if (entry.fact() instanceof RoomEvent event) {
      recent = room(event.roomId()).add(entry, event);
      String member = memberOf(event);
      if (member != null) {
        memberEvents.computeIfAbsent(member, user -> new ArrayDeque<>()).add(recent);
      }
    } else if (entry.fact() instanceof ReceiptSent receipt) {
      RecentRoom room = room(receipt.roomId());
      room.receipts.add(entry);
      room.newest = entry.position();
    } else if (entry.fact() instanceof AccountDataSet data) {
      accountData.computeIfAbsent(data.userId(), user -> new ArrayDeque<>()).add(entry);
    } else if (entry.fact() instanceof ToDeviceSent sent) {
      toDevice.add(entry, sent);
    }
    order.add(new Held(entry, weight));
    bytes += weight;
    while (order.size() > maxRecords || bytes > maxBytes) {
      removeOldest();
    }
    return recent;
  }

  /**
   * The rooms of which anything is after a position; nothing if that takes a look at more records
   * than {@code most}.
   */
  Optional<Set<String>> roomsSince(long after, int most) {
    Set<String> found = new LinkedHashSet<>();
    int looked = 0;
    for (Iterator<Held> it = order.descendingIterator(); it.hasNext(); ) {
      Entry entry = it.next().entry;
      if (entry.position() <= after) {
        break;
      }
      if (++looked > most) {
        return Optional.empty();
      }
      if (entry.fact() instanceof RoomEvent event) {
        found.add(event.roomId());
      } else if (entry.fact() instanceof ReceiptSent receipt) {
        found.add(receipt.roomId());
      }
    }
    return Optional.of(found);
  }

  /**
   * What of a room's state began after a position, oldest first. Read off the events, which is what
   * changes state as long as all of them are made here.
   */
  List<StateRow> stateChanges(String roomId, long after) {
    List<RecentEvent> changes =
        events(roomId, after).stream().filter(event -> event.event.pdu().isState()).toList();
    Map<StateKey, Long> until = new HashMap<>();
    List<StateRow> rows = new ArrayList<>();
    for (int i = changes.size() - 1; i >= 0; i--) {
      RecentEvent change = changes.get(i);
      Long end = until.put(change.event.pdu().key(), change.position);
      rows.add(change.stateRow(end == null ? Long.MAX_VALUE : end));
    }
    Collections.reverse(rows);
    return rows;
  }

  /** Whether anything of a room is after a position. */
  boolean hasNews(String roomId, long after) {
    RecentRoom room = rooms.get(roomId);
    return room != null && room.newest > after;
  }

  /** The room's events after a position, in order. */
  List<RecentEvent> events(String roomId, long after) {
    return events(roomId, after, Long.MAX_VALUE);
  }

  /** The room's events after a position and up to another, in order. */
  List<RecentEvent> events(String roomId, long after, long upTo) {
    RecentRoom room = rooms.get(roomId);
    if (room == null) {
      return List.of();
    }
    ArrayDeque<RecentEvent> found = new ArrayDeque<>();
    for (Iterator<RecentEvent> it = room.events.descendingIterator(); it.hasNext(); ) {
      RecentEvent event = it.next();
      if (event.position <= after) {
        break;
      }
      if (event.position <= upTo) {
        found.addFirst(event);
      }
    }
    return new ArrayList<>(found);
  }

  /** The member events of a user, in order. */
  List<RecentEvent> memberEvents(String userId) {
    return List.copyOf(memberEvents.getOrDefault(userId, new ArrayDeque<>()));
  }

  /** The receipts of a room after a position, in order. */
  List<ReceiptSent> receipts(String roomId, long after) {
    RecentRoom room = rooms.get(roomId);
    return room == null
        ? List.of()
        : room.receipts.stream()
            .filter(entry -> entry.position() > after)
            .map(entry -> (ReceiptSent) entry.fact())
            .toList();
  }

  /** What account data a user stored after a position, in order. */
  List<AccountDataSet> accountData(String userId, long after) {
    ArrayDeque<Entry> entries = accountData.get(userId);
    return entries == null
        ? List.of()
        : entries.stream()
            .filter(entry -> entry.position() > after)
            .map(entry -> (AccountDataSet) entry.fact())
            .toList();
  }

  /** What a device was sent behind one position and up to another, in order. */
  List<InboxMessage> toDevice(String userId, String deviceId, long after, long upTo) {
    return toDevice.messages(userId, deviceId, after, upTo);
  }

  /** How many records are held; about right on other threads. */
  int size() {
    return order.size();
  }

  private RecentRoom room(String roomId) {
    return rooms.computeIfAbsent(roomId, id -> new RecentRoom());
  }

  private void removeOldest() {
    Held held = order.remove();
    bytes -= held.weight;
    Entry entry = held.entry;
    start = entry.position();
    if (entry.fact() instanceof RoomEvent event) {
      RecentRoom room = room(event.roomId());
      room.events.remove();
      removeOldest(memberEvents, memberOf(event));
      room.redactions.remove(event.eventId());
      dropIfEmpty(event.roomId(), room);
    } else if (entry.fact() instanceof ReceiptSent receipt) {
      RecentRoom room = room(receipt.roomId());
      room.receipts.remove();
      dropIfEmpty(receipt.roomId(), room);
    } else if (entry.fact() instanceof AccountDataSet data) {
      removeOldest(accountData, data.userId());
    } else if (entry.fact() instanceof ToDeviceSent sent) {
      toDevice.removeOldest(sent);
    }
  }

  private static void removeOldest(
      Map<String, ? extends ArrayDeque<?>> index, @Nullable String key) {
    ArrayDeque<?> held = key == null ? null : index.get(key);
    if (held != null) {
      held.remove();
      if (held.isEmpty()) {
        index.remove(key);
      }
    }
  }

  private static @Nullable String memberOf(RoomEvent event) {
    return event.pdu().type().equals("m.room.member") ? event.pdu().stateKey() : null;
  }

  private void dropIfEmpty(String roomId, RecentRoom room) {
    if (room.events.isEmpty() && room.receipts.isEmpty()) {
      rooms.remove(roomId);
    }
  }

  /** An event of the window. */
  static final class RecentEvent {
    final long position;
    final RoomEvent event;
    private final RecentRoom room;

    RecentEvent(long position, RoomEvent event, RecentRoom room) {
      this.position = position;
      this.event = event;
      this.room = room;
    }

    boolean isState() {
      return event.pdu().isState();
    }

    /** The event's row, as the projection has it. */
    EventRow row() {
      Pdu pdu = event.pdu();
      return new EventRow(
          event.eventId(),
          position,
          pdu.depth(),
          pdu.type(),
          pdu.sender(),
          pdu.stateKey(),
          room.redactions.get(event.eventId()));
    }

    /** The state that the event sets, as the projection has it. */
    private StateRow stateRow(long until) {
      EventRow row = row();
      return new StateRow(
          row.type(),
          Objects.requireNonNull(row.stateKey()),
          position,
          until,
          row.eventId(),
          position,
          row.sender(),
          null,
          row.redactedBy());
    }

    KnownEvent known() {
      return new KnownEvent(event, position);
    }
  }

  private record Held(Entry entry, long weight) {}

  /** What is new in one room. */
  private static final class RecentRoom {
    private final ArrayDeque<RecentEvent> events = new ArrayDeque<>();
    private final ArrayDeque<Entry> receipts = new ArrayDeque<>();
    private final Map<String, String> redactions = new HashMap<>();
    private long newest;

    RecentEvent add(Entry entry, RoomEvent event) {
      RecentEvent recent = new RecentEvent(entry.position(), event, this);
      events.add(recent);
      newest = entry.position();
      String target = event.redacts();
      if (target != null && events.stream().anyMatch(e -> e.event.eventId().equals(target))) {
        redactions.putIfAbsent(target, event.eventId());
      }
      return recent;
    }
  }
}
