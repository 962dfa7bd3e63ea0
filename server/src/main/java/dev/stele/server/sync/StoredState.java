package dev.stele.server.sync;

import dev.stele.server.projection.EventRow;
import dev.stele.server.projection.ManyRooms;
import dev.stele.server.projection.RoomSpan;
import dev.stele.server.projection.StatePiece;
import dev.stele.server.projection.StateRow;
import io.vertx.core.Future;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The state that goes with timelines, from the projections. Thread-safe. */
final class StoredState {
  private final ManyRooms rooms;
  private final WholeState wholes;
  private final LazyMembers lazyMembers;

  StoredState(ManyRooms rooms, LazyMembers lazyMembers) {
    this.rooms = rooms;
    this.wholes = new WholeState(rooms);
    this.lazyMembers = lazyMembers;
  }

  /** Finds the state to tell of each room, and who is in the rooms where that has changed. */
  Future<List<StoredReading.Part>> read(StoredReading reading, Map<String, Timeline> timelines) {
    Map<RoomQuestion, Timeline> asked = new LinkedHashMap<>();
    reading
        .questions()
        .forEach(
            question -> {
              Timeline timeline = timelines.getOrDefault(question.roomId(), Timeline.EMPTY);
              boolean member = reading.stateEnd(question) > 0;
              asked.put(question, member ? timeline : new Timeline(timeline.rows(), false, null));
            });
    return changes(reading, asked)
        .compose(
            changes ->
                summaries(reading, changes.rows())
                    .compose(
                        summaries ->
                            members(reading, asked, summaries)
                                .map(
                                    members -> {
                                      members.forEach(
                                          (room, rows) ->
                                              changes
                                                  .rows()
                                                  .computeIfAbsent(room, id -> new ArrayList<>())
                                                  .addAll(rows));
                                      return parts(reading, asked, changes, summaries);
                                    })));
  }

  private static List<StoredReading.Part> parts(
      StoredReading reading,
      Map<RoomQuestion, Timeline> asked,
      WholeState.Found found,
      Map<String, MemberSummary> summaries) {
    List<StoredReading.Part> parts = new ArrayList<>();
    asked.forEach(
        (question, timeline) -> {
          RoomSpan span = span(reading, question, timeline);
          List<StateRow> delta =
              StateDelta.of(
                  found.rows().getOrDefault(question.roomId(), List.of()),
                  span.from(),
                  span.to(),
                  timeline.eventIds());
          ManyMembers members =
              found.large().contains(question.roomId())
                  ? new ManyMembers(question.roomId(), span.from(), span.to(), timeline.eventIds())
                  : null;
          parts.add(
              new StoredReading.Part(
                  reading.request(),
                  question,
                  timeline,
                  delta,
                  summaries.get(question.roomId()),
                  members));
        });
    return parts;
  }

  private static RoomSpan span(StoredReading reading, RoomQuestion question, Timeline timeline) {
    long end = reading.stateEnd(question);
    long start = reading.request().stateStart(timeline, end);
    return new RoomSpan(question.roomId(), question.whole() ? 0 : question.after(), start, end);
  }

  /** All state, or what has changed; of members only changes, if they are loaded lazily. */
  private Future<WholeState.Found> changes(
      StoredReading reading, Map<RoomQuestion, Timeline> asked) {
    List<RoomSpan> whole = new ArrayList<>();
    List<RoomSpan> changed = new ArrayList<>();
    asked.forEach(
        (question, timeline) -> {
          RoomSpan span = span(reading, question, timeline);
          if (span.to() > 0) {
            (question.whole() ? whole : changed).add(span);
          }
        });
    boolean members =
        !reading.request().lazyMembers()
            && reading.request().filter().room().state().events().matchesType("m.room.member");
    return Future.all(
            members ? wholes.read(whole) : wholes.butMembers(whole),
            changed.isEmpty() ? none() : rooms.stateChanges(changed))
        .map(
            both -> {
              WholeState.Found found = both.resultAt(0);
              found.rows().putAll(both.resultAt(1));
              return found;
            });
  }

  private static Future<Map<String, List<StateRow>>> none() {
    return Future.succeededFuture(Map.of());
  }

  /** Who is in the rooms that the user is in, where the client cannot know. */
  private static Future<Map<String, MemberSummary>> summaries(
      StoredReading reading, Map<String, List<StateRow>> changes) {
    List<String> wanted =
        reading.questions().stream()
            .filter(question -> question.announced() == 0)
            .filter(question -> question.whole() || concern(changes.get(question.roomId())))
            .map(RoomQuestion::roomId)
            .toList();
    if (wanted.isEmpty()) {
      return Future.succeededFuture(Map.of());
    }
    String user = reading.request().viewer().userId();
    return reading.view().loop().run(() -> reading.view().rooms().summaries(wanted, user));
  }

  private static boolean concern(@Nullable List<StateRow> changes) {
    return changes != null && changes.stream().anyMatch(row -> MemberSummary.concerns(row.type()));
  }

  /** For whoever loads members lazily: those who wrote what is shown, the heroes, the user. */
  private Future<Map<String, List<StateRow>>> members(
      StoredReading reading,
      Map<RoomQuestion, Timeline> asked,
      Map<String, MemberSummary> summaries) {
    if (!reading.request().lazyMembers()) {
      return none();
    }
    List<StatePiece> pieces = new ArrayList<>();
    asked.forEach(
        (question, timeline) -> {
          RoomSpan span = span(reading, question, timeline);
          if (span.to() > 0) {
            needed(reading, question, timeline, summaries.get(question.roomId()))
                .forEach(user -> pieces.add(StatePiece.member(span, user)));
          }
        });
    return rooms.pieces(pieces);
  }

  private Set<String> needed(
      StoredReading reading,
      RoomQuestion question,
      Timeline timeline,
      @Nullable MemberSummary summary) {
    // Whoever is told the state at the end takes nothing from the timeline.
    Set<String> users = reading.request().stateAfter() ? timeline.people() : timeline.senders();
    if (summary != null) {
      summary.neededHeroes().stream().map(EventRow::stateKey).forEach(users::add);
    }
    if (!question.whole()) {
      return lazyMembers.unknown(reading.request(), question.roomId(), users);
    }
    users.add(reading.request().viewer().userId());
    users.addAll(reading.people());
    return users;
  }
}
