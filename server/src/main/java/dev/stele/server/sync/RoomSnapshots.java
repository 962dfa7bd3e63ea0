package dev.stele.server.sync;

import dev.stele.server.event.ClientEvents;
import dev.stele.server.event.ShownEvent;
import dev.stele.server.filter.RoomEventFilter;
import dev.stele.server.history.PageToken;
import dev.stele.server.history.VisibleHistory;
import dev.stele.server.projection.EventRow;
import dev.stele.server.projection.RoomSpan;
import dev.stele.server.projection.Rooms;
import dev.stele.server.projection.StateRow;
import dev.stele.server.projection.TopologicalPoint;
import io.vertx.core.Future;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;

/**
 * Rooms as a user finds them, for routes that tell all that there is: many rooms in a fixed number
 * of statements, read as {@code /sync} reads them. Thread-safe.
 */
public final class RoomSnapshots {
  private final Rooms rooms;
  private final ClientEvents events;
  private final StoredTimelines timelines;
  private final WholeState states;
  private final StoredMembers members;

  public RoomSnapshots(Rooms rooms, ClientEvents events) {
    this.rooms = rooms;
    this.events = events;
    this.timelines = new StoredTimelines(rooms.many());
    this.states = new WholeState(rooms.many());
    this.members = new StoredMembers(rooms, events);
  }

  /**
   * The rooms, by id; those that the user is not in and never was are left out.
   *
   * @param upTo the last position that counts
   * @param limit how many messages of each room at most, at least 1
   */
  public Future<Map<String, RoomSnapshot>> read(
      String userId, Collection<String> roomIds, long upTo, int limit) {
    return Future.all(VisibleHistory.of(rooms, userId, roomIds), rooms.many().listed(roomIds))
        .compose(
            both -> {
              Map<String, Extent> extents = extents(both.resultAt(0), upTo);
              Set<String> listed = both.resultAt(1);
              return parts(both.resultAt(0), extents, limit).compose(parts -> show(parts, listed));
            });
  }

  /** Reads the members of a room that are too many to be read at once, some at a time. */
  public Future<Void> members(ManyMembers many, Function<List<ShownEvent>, Future<Void>> taker) {
    return members.read(many, taker);
  }

  /**
   * Up to where a room may be read.
   *
   * @param end the last event
   * @param state the state
   */
  private record Extent(long end, long state) {}

  /** A room before its events are read. */
  private record Part(String roomId, Extent extent, Timeline timeline, WholeState.Found found) {
    List<StateRow> state() {
      return found.rows().getOrDefault(roomId, List.of());
    }

    RoomSnapshot snapshot(List<ShownEvent> state, List<ShownEvent> messages, boolean listed) {
      TopologicalPoint start = timeline.limited() ? timeline.start() : null;
      ManyMembers many =
          found.large().contains(roomId)
              ? new ManyMembers(roomId, extent.state + 1, extent.state, Set.of())
              : null;
      return new RoomSnapshot(
          roomId,
          messages,
          start == null ? null : PageToken.of(start),
          new PageToken.Stream(extent.end),
          state,
          many,
          listed);
    }
  }

  private static Map<String, Extent> extents(Map<String, VisibleHistory> histories, long upTo) {
    Map<String, Extent> extents = new LinkedHashMap<>();
    histories.forEach(
        (room, history) ->
            history
                .stateReadableAt()
                .ifPresent(
                    state -> {
                      long end = Math.min(upTo, history.lastPosition());
                      extents.put(room, new Extent(end, Math.min(end, state)));
                    }));
    return extents;
  }

  private Future<List<Part>> parts(
      Map<String, VisibleHistory> histories, Map<String, Extent> extents, int limit) {
    List<RoomQuestion> questions = new ArrayList<>();
    List<RoomSpan> spans = new ArrayList<>();
    extents.forEach(
        (room, upTo) -> {
          questions.add(new RoomQuestion(room, 0, upTo.end, true, 0));
          spans.add(new RoomSpan(room, 0, upTo.state + 1, upTo.state));
        });
    return Future.all(
            timelines.read(questions, histories, RoomEventFilter.ALL, limit), states.read(spans))
        .map(
            both -> {
              Map<String, Timeline> told = both.resultAt(0);
              List<Part> parts = new ArrayList<>();
              extents.forEach(
                  (room, upTo) ->
                      parts.add(
                          new Part(
                              room,
                              upTo,
                              told.getOrDefault(room, Timeline.EMPTY),
                              both.resultAt(1))));
              return parts;
            });
  }

  /** Reads the events themselves, of all rooms at once. */
  private Future<Map<String, RoomSnapshot>> show(List<Part> parts, Set<String> listed) {
    List<EventRow> rows = new ArrayList<>();
    for (Part part : parts) {
      part.state().forEach(row -> rows.add(row.event()));
      rows.addAll(part.timeline.rows());
    }
    return events
        .show(rows)
        .map(
            shown -> {
              Map<String, RoomSnapshot> snapshots = new LinkedHashMap<>();
              int next = 0;
              for (Part part : parts) {
                int middle = next + part.state().size();
                int end = middle + part.timeline.rows().size();
                snapshots.put(
                    part.roomId,
                    part.snapshot(
                        shown.subList(next, middle),
                        shown.subList(middle, end),
                        listed.contains(part.roomId)));
                next = end;
              }
              return snapshots;
            });
  }
}
