package dev.stele.server.unread;

import dev.stele.server.event.EventCache;
import dev.stele.server.event.KnownEvent;
import dev.stele.server.projection.Rooms;
import dev.stele.server.projection.StateRow;
import dev.stele.server.projection.UserData;
import dev.stele.server.record.ReceiptSent;
import io.vertx.core.Future;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Up to where users have read rooms, by their receipts. Thread-safe. */
final class StoredMarks {
  private final Rooms rooms;
  private final UserData data;
  private final EventCache events;

  StoredMarks(Rooms rooms, UserData data, EventCache events) {
    this.rooms = rooms;
    this.data = data;
    this.events = events;
  }

  /**
   * The marks of those of these rooms that the user is in. What was there before they came in
   * counts as read.
   */
  Future<Map<String, ReadMarks>> of(String userId, Collection<String> roomIds) {
    return Future.all(
            data.receiptsOf(userId, roomIds),
            rooms.many().stateHistories(roomIds, "m.room.member", userId))
        .compose(
            both -> {
              List<ReceiptSent> receipts = both.resultAt(0);
              Map<String, List<StateRow>> memberships = both.resultAt(1);
              return positions(receipts).map(found -> marks(memberships, receipts, found));
            });
  }

  /** Where the events of receipts are, by event id. */
  Future<Map<String, Long>> positions(List<ReceiptSent> receipts) {
    return receipts.isEmpty()
        ? Future.succeededFuture(Map.of())
        : events
            .byId(receipts.stream().map(ReceiptSent::eventId).distinct().toList())
            .map(
                found -> {
                  Map<String, Long> positions = new HashMap<>();
                  for (KnownEvent event : found.values()) {
                    positions.put(event.id(), event.position());
                  }
                  return positions;
                });
  }

  /** Marks moved on by a receipt. One for an event that nobody knows here moves nothing. */
  static ReadMarks with(ReadMarks marks, ReceiptSent receipt, Map<String, Long> positions) {
    long position = positions.getOrDefault(receipt.eventId(), 0L);
    return receipt.threadId() == null
        ? marks.upTo(position)
        : marks.upTo(receipt.threadId(), position);
  }

  private static Map<String, ReadMarks> marks(
      Map<String, List<StateRow>> memberships,
      List<ReceiptSent> receipts,
      Map<String, Long> positions) {
    Map<String, ReadMarks> marks = new HashMap<>();
    memberships.forEach(
        (roomId, rows) -> {
          long since = joinedSince(rows);
          if (since > 0) {
            marks.put(roomId, ReadMarks.from(since));
          }
        });
    for (ReceiptSent receipt : receipts) {
      ReadMarks unused =
          marks.computeIfPresent(
              receipt.roomId(), (room, before) -> with(before, receipt, positions));
    }
    return marks;
  }

  /** Since when somebody has been in a room without a break; 0 if they are not. */
  static long joinedSince(List<StateRow> rows) {
    long since = 0;
    long next = Long.MAX_VALUE;
    for (StateRow row : backwards(rows)) {
      if (!"join".equals(row.value()) || row.until() != next) {
        break;
      }
      since = row.since();
      next = since;
    }
    return since;
  }

  private static List<StateRow> backwards(List<StateRow> rows) {
    List<StateRow> backwards = new ArrayList<>(rows);
    Collections.reverse(backwards);
    return backwards;
  }
}
