package dev.stele.server.sync;

import dev.stele.server.event.ClientEvents;
import dev.stele.server.event.KnownEvent;
import dev.stele.server.event.ShownEvent;
import dev.stele.server.filter.RoomEventFilter;
import dev.stele.server.history.VisibleHistory;
import dev.stele.server.projection.EventRow;
import dev.stele.server.projection.Rooms;
import dev.stele.server.projection.StateRow;
import io.vertx.core.Future;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** What is new in a room, from the projections. Thread-safe. */
final class StoredRooms {
  private static final int CHUNK = 100;

  /** How many chunks to look through for events that a filter wants before giving up. */
  private static final int MAX_CHUNKS = 10;

  private final Rooms rooms;
  private final ClientEvents events;

  StoredRooms(Rooms rooms, ClientEvents events) {
    this.rooms = rooms;
    this.events = events;
  }

  /**
   * What to tell.
   *
   * @param userId who is told
   * @param after the position after which things are new; 0 for everything
   * @param upTo the last position that counts
   * @param wholeState whether to tell all state rather than its changes
   */
  record Question(
      String roomId,
      String userId,
      long after,
      long upTo,
      boolean wholeState,
      RoomEventFilter timeline,
      RoomEventFilter state) {}

  /** Whether somebody was in a room at a position. */
  Future<Boolean> wasMember(String roomId, String userId, long position) {
    return position == 0
        ? Future.succeededFuture(false)
        : rooms
            .stateAt(roomId, "m.room.member", userId, position)
            .map(member -> member.filter(row -> "join".equals(row.value())).isPresent());
  }

  Future<Slice> slice(Question question) {
    return VisibleHistory.of(rooms, question.userId, question.roomId)
        .compose(
            history ->
                collect(question, history, new Gathered(), question.upTo, 0)
                    .compose(gathered -> withState(question, history, gathered)));
  }

  private Future<Gathered> collect(
      Question question, VisibleHistory history, Gathered gathered, long upTo, int chunks) {
    int limit = Wanted.limit(question.timeline);
    return rooms
        .newest(question.roomId, question.after, upTo, CHUNK)
        .compose(
            rows ->
                events
                    .show(rows)
                    .compose(
                        shown -> {
                          gathered.take(rows, shown, history, question.timeline, limit);
                          boolean exhausted = rows.size() < CHUNK;
                          if (gathered.limited || exhausted || chunks >= MAX_CHUNKS) {
                            gathered.limited |= !exhausted;
                            return Future.succeededFuture(gathered);
                          }
                          long next = rows.get(rows.size() - 1).position() - 1;
                          return collect(question, history, gathered, next, chunks + 1);
                        }));
  }

  private Future<Slice> withState(Question question, VisibleHistory history, Gathered gathered) {
    Collections.reverse(gathered.rows);
    Collections.reverse(gathered.shown);
    List<EventRow> timeline = gathered.rows;
    long before = timeline.isEmpty() ? question.upTo : timeline.get(0).position() - 1;
    return state(question, history, before, gathered.shown)
        .compose(rows -> events.show(rows.stream().map(StateRow::event).toList()))
        .map(
            state ->
                new Slice(
                    state.stream()
                        .filter(event -> Wanted.by(question.state, event.event().pdu()))
                        .toList(),
                    gathered.shown,
                    gathered.limited,
                    timeline.isEmpty() ? null : timeline.get(0).point()));
  }

  private Future<List<StateRow>> state(
      Question question, VisibleHistory history, long before, List<ShownEvent> timeline) {
    long readable = Math.min(before, history.stateReadableAt().orElse(0));
    if (readable == 0) {
      return Future.succeededFuture(List.of());
    }
    Future<List<StateRow>> rows =
        question.wholeState
            ? rooms.stateAt(question.roomId, readable)
            : rooms.stateChanges(question.roomId, question.after, readable);
    return question.state.lazyLoadMembers()
        ? rows.compose(found -> lazily(question, found, readable, timeline))
        : rows;
  }

  /** Of the members, only those who wrote something in the timeline, and the user. */
  private Future<List<StateRow>> lazily(
      Question question, List<StateRow> found, long position, List<ShownEvent> timeline) {
    Set<String> needed = new HashSet<>();
    timeline.forEach(event -> needed.add(event.event().pdu().sender()));
    if (question.wholeState) {
      needed.add(question.userId);
    }
    return rooms
        .stateAt(question.roomId, "m.room.member", needed, position)
        .map(
            members -> {
              Map<String, StateRow> kept = new LinkedHashMap<>();
              found.stream()
                  .filter(
                      row ->
                          !row.type().equals("m.room.member")
                              || row.stateKey().equals(question.userId))
                  .forEach(row -> kept.put(row.eventId(), row));
              members.forEach(row -> kept.put(row.eventId(), row));
              return new ArrayList<>(kept.values());
            });
  }

  /** Stripped state of a room, for whoever is not in it yet: with their own member event. */
  Future<List<KnownEvent>> stripped(String roomId, String userId, long position) {
    return rooms
        .stateAt(roomId, position)
        .map(rows -> rows.stream().filter(row -> StrippedState.shows(row, userId)).toList())
        .compose(rows -> events.show(rows.stream().map(StateRow::event).toList()))
        .map(shown -> shown.stream().map(ShownEvent::event).toList());
  }

  /** The visible events found so far, newest first. */
  private static final class Gathered {
    private final List<EventRow> rows = new ArrayList<>();
    private final List<ShownEvent> shown = new ArrayList<>();
    private boolean limited;

    void take(
        List<EventRow> chunk,
        List<ShownEvent> events,
        VisibleHistory history,
        RoomEventFilter filter,
        int limit) {
      for (int i = 0; i < chunk.size() && !limited; i++) {
        if (history.canSee(chunk.get(i)) && Wanted.by(filter, events.get(i).event().pdu())) {
          if (rows.size() == limit) {
            limited = true;
          } else {
            rows.add(chunk.get(i));
            shown.add(events.get(i));
          }
        }
      }
    }
  }
}
