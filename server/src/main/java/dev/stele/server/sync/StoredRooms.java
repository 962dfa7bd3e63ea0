package dev.stele.server.sync;

import dev.stele.server.event.ClientEvents;
import dev.stele.server.event.KnownEvent;
import dev.stele.server.event.ShownEvent;
import dev.stele.server.history.VisibleHistory;
import dev.stele.server.projection.EventRow;
import dev.stele.server.projection.MembershipRow;
import dev.stele.server.projection.RoomSpan;
import dev.stele.server.projection.Rooms;
import dev.stele.server.projection.StatePiece;
import dev.stele.server.projection.StateRow;
import io.vertx.core.Future;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What is new in rooms, from the projections: a fixed number of statements for however many rooms
 * are asked of at once. Thread-safe.
 */
final class StoredRooms {
  private final Rooms rooms;
  private final ClientEvents events;
  private final StoredTimelines timelines;
  private final StoredState state;
  private final StoredMembers members;
  private final Bundles bundles;

  StoredRooms(Rooms rooms, ClientEvents events, LazyMembers lazyMembers, Bundles bundles) {
    this.bundles = bundles;
    this.rooms = rooms;
    this.events = events;
    this.timelines = new StoredTimelines(rooms.many());
    this.state = new StoredState(rooms.many(), lazyMembers);
    this.members = new StoredMembers(rooms, events);
  }

  /** What reads the members that {@link RoomReading#members} leaves to be read. */
  StoredMembers members() {
    return members;
  }

  /**
   * Reads rooms that a user is in or has left. An invite stands for the departure before it, and
   * for nothing if there was none since.
   *
   * @param view the view of the event loop that this is called on; the future completes anywhere
   * @param members the user's memberships of these rooms
   */
  Future<List<RoomReading>> read(
      LiveView view, SyncRequest request, long upTo, List<MembershipRow> members) {
    return read(view, request, upTo, members, Set.of());
  }

  /**
   * The same.
   *
   * @param people members who are told in any case where all state is told, if they are there
   */
  Future<List<RoomReading>> read(
      LiveView view,
      SyncRequest request,
      long upTo,
      List<MembershipRow> members,
      Set<String> people) {
    String user = request.viewer().userId();
    List<String> ids = members.stream().map(MembershipRow::roomId).toList();
    return VisibleHistory.of(rooms, user, ids)
        .compose(
            histories -> {
              List<RoomQuestion> questions =
                  members.stream()
                      .map(row -> question(request, upTo, row, histories))
                      .filter(Objects::nonNull)
                      .toList();
              StoredReading reading =
                  new StoredReading(view, request, questions, histories, people);
              return timelines(request, questions, histories)
                  .compose(found -> state.read(reading, found))
                  .compose(this::show)
                  .compose(readings -> bundles.add(user, readings));
            });
  }

  private Future<Map<String, Timeline>> timelines(
      SyncRequest request, List<RoomQuestion> questions, Map<String, VisibleHistory> histories) {
    var filter = request.filter().room().timeline();
    return timelines.read(questions, histories, filter, Wanted.limit(filter));
  }

  /** Whoever has come in since is told everything; a change of their profile is no such thing. */
  private static @Nullable RoomQuestion question(
      SyncRequest request, long upTo, MembershipRow row, Map<String, VisibleHistory> histories) {
    String room = row.roomId();
    VisibleHistory history = Objects.requireNonNull(histories.get(room));
    long after = request.after();
    boolean joined = row.membership().equals("join");
    long end =
        switch (row.membership()) {
          case "join" -> upTo;
          case "invite" -> history.departedBy(row.position()).orElse(0);
          default -> row.position();
        };
    if (row.membership().equals("invite") && end <= after) {
      return null;
    }
    long announced = joined ? 0 : end;
    boolean anew = after > 0 && !history.joinedAt(after) && history.joinedAfter(after);
    return anew
        ? new RoomQuestion(room, 0, end, true, announced)
        : new RoomQuestion(room, after, end, request.complete(), announced);
  }

  /** Reads the events themselves, of all rooms at once. */
  private Future<List<RoomReading>> show(List<StoredReading.Part> parts) {
    List<EventRow> rows = new ArrayList<>();
    for (StoredReading.Part part : parts) {
      part.state().forEach(row -> rows.add(row.event()));
      rows.addAll(part.timeline().rows());
    }
    return events
        .show(rows)
        .map(
            shown -> {
              List<RoomReading> readings = new ArrayList<>();
              int next = 0;
              for (StoredReading.Part part : parts) {
                int middle = next + part.state().size();
                int end = middle + part.timeline().rows().size();
                readings.add(part.reading(shown.subList(next, middle), shown.subList(middle, end)));
                next = end;
              }
              return readings;
            });
  }

  /**
   * Stripped state of rooms, for whoever is not in them yet: as it was when they were invited or
   * knocked, with their own member event and that of whoever sent it.
   *
   * @return by room
   */
  Future<Map<String, List<KnownEvent>>> stripped(List<MembershipRow> offers) {
    List<StatePiece> pieces = new ArrayList<>();
    for (MembershipRow row : offers) {
      RoomSpan then = new RoomSpan(row.roomId(), 0, row.position() + 1, row.position());
      StrippedState.TYPES.forEach(type -> pieces.add(new StatePiece(then, type, "")));
      pieces.add(StatePiece.member(then, row.userId()));
      if (!row.sender().equals(row.userId())) {
        pieces.add(StatePiece.member(then, row.sender()));
      }
    }
    return rooms
        .many()
        .pieces(pieces)
        .compose(
            found -> {
              List<StateRow> all = found.values().stream().flatMap(List::stream).toList();
              return events.show(all.stream().map(StateRow::event).toList());
            })
        .map(StoredRooms::byRoom);
  }

  private static Map<String, List<KnownEvent>> byRoom(List<ShownEvent> shown) {
    Map<String, List<KnownEvent>> rooms = new HashMap<>();
    for (ShownEvent event : shown) {
      rooms
          .computeIfAbsent(event.event().pdu().roomId(), room -> new ArrayList<>())
          .add(event.event());
    }
    return rooms;
  }
}
