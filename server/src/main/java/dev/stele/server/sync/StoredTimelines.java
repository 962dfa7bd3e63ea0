package dev.stele.server.sync;

import dev.stele.server.filter.RoomEventFilter;
import dev.stele.server.history.VisibleHistory;
import dev.stele.server.projection.FoundEvent;
import dev.stele.server.projection.ManyRooms;
import dev.stele.server.projection.RoomSpan;
import io.vertx.core.Future;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * The newest events of many rooms that a user may see and a filter wants, from the projections: for
 * all rooms in one statement, and once more for those where that did not suffice. Thread-safe.
 */
final class StoredTimelines {
  private static final int CHUNK = 100;

  /** How often to look for events that a filter wants before giving up. */
  private static final int MAX_ROUNDS = 10;

  private final ManyRooms rooms;

  StoredTimelines(ManyRooms rooms) {
    this.rooms = rooms;
  }

  /**
   * The timelines by room.
   *
   * @param histories what the user may see of each room
   * @param limit how many events to show at most
   */
  Future<Map<String, Timeline>> read(
      List<RoomQuestion> questions,
      Map<String, VisibleHistory> histories,
      RoomEventFilter filter,
      int limit) {
    List<Gathering> gatherings =
        questions.stream()
            .filter(question -> filter.matchesRoom(question.roomId()))
            .map(
                question ->
                    new Gathering(
                        question, Objects.requireNonNull(histories.get(question.roomId())), limit))
            .toList();
    if (filter.events().types().isEmpty() || filter.events().senders().isEmpty()) {
      return Future.succeededFuture(Map.of());
    }
    return gather(gatherings, filter, Math.min(limit + 2, CHUNK), 0)
        .map(
            gathered -> {
              Map<String, Timeline> timelines = new HashMap<>();
              for (Gathering gathering : gatherings) {
                timelines.put(gathering.question().roomId(), gathering.timeline());
              }
              return timelines;
            });
  }

  private Future<Void> gather(List<Gathering> open, RoomEventFilter filter, int size, int round) {
    if (open.isEmpty() || round == MAX_ROUNDS) {
      open.forEach(Gathering::giveUp);
      return Future.succeededFuture();
    }
    return rooms
        .newest(open.stream().map(StoredTimelines::span).toList(), size)
        .compose(
            found -> {
              for (Gathering gathering : open) {
                String room = gathering.question().roomId();
                gathering.take(
                    found.getOrDefault(room, List.of()), size, event -> wants(filter, event));
              }
              List<Gathering> rest = open.stream().filter(g -> !g.done()).toList();
              return gather(rest, filter, CHUNK, round + 1);
            });
  }

  private static RoomSpan span(Gathering gathering) {
    RoomQuestion question = gathering.question();
    return new RoomSpan(question.roomId(), question.after(), 0, gathering.upTo());
  }

  private static boolean wants(RoomEventFilter filter, FoundEvent event) {
    Boolean url = filter.containsUrl();
    return filter.events().matches(event.row().type(), event.row().sender())
        && (url == null || url == event.hasUrl());
  }
}
