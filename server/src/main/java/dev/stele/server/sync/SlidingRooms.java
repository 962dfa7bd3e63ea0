package dev.stele.server.sync;

import dev.stele.server.projection.MembershipRow;
import dev.stele.server.sliding.ConnectionState;
import dev.stele.server.sliding.ListedRoom;
import dev.stele.server.sliding.RoomConfig;
import dev.stele.server.sliding.Selected;
import dev.stele.server.sliding.SentRoom;
import dev.stele.server.sliding.SlidingRequest;
import io.vertx.core.Future;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Finds the rooms that a request is about. Belongs to one event loop. */
final class SlidingRooms {
  private static final Set<String> GONE = Set.of("leave", "ban");
  private static final Set<String> STAYS = Set.of("join", "leave", "ban");

  private final SlidingServices services;
  private final LiveView view;
  private final ActiveUser user;

  SlidingRooms(SlidingServices services, LiveView view, ActiveUser user) {
    this.services = services;
    this.view = view;
    this.user = user;
  }

  /**
   * What was found.
   *
   * @param selected the rooms chosen, and how long the lists are
   * @param rooms those rooms
   */
  record Found(Selected selected, List<SlidingRoom> rooms) {}

  /** What there is to choose from, and by. */
  private record Choice(
      SlidingRequest request,
      ConnectionState known,
      List<MembershipRow> rows,
      UserMarks marks,
      Map<String, RoomFacts> facts,
      Map<String, SpaceRooms> spaces) {}

  Future<Found> find(SlidingRequest request, ConnectionState known) {
    // As of now: what changes while this reads is for the next answer.
    List<MembershipRow> rows = user.rooms().stream().filter(row -> mayHear(row, known)).toList();
    List<String> joined =
        rows.stream()
            .filter(row -> row.membership().equals("join"))
            .map(MembershipRow::roomId)
            .toList();
    return marks()
        .compose(
            marks ->
                view.rooms()
                    .facts(joined)
                    .compose(
                        facts ->
                            spaces(request)
                                .map(
                                    spaces ->
                                        choose(
                                            new Choice(
                                                request, known, rows, marks, facts, spaces)))));
  }

  /**
   * Whether lists have a room: those that the user left of their own accord, or has forgotten, only
   * until they have been told that they left.
   */
  private boolean mayHear(MembershipRow row, ConnectionState known) {
    return switch (row.membership()) {
      case "join", "knock" -> true;
      case "invite" -> !user.refuses(row) || wasToldOfStay(known.room(row.roomId()));
      default -> {
        SentRoom sent = known.room(row.roomId());
        yield row.forgotten()
            ? sent != null && !GONE.contains(sent.face().membership())
            : sent != null || !row.sender().equals(row.userId());
      }
    };
  }

  /** Whether the client takes the user for somebody who is in a room, or was. */
  private static boolean wasToldOfStay(@Nullable SentRoom sent) {
    return sent != null && STAYS.contains(sent.face().membership());
  }

  /** The membership that the client is told: an invite that is refused leaves the user outside. */
  private String told(MembershipRow row) {
    return user.refuses(row) ? "leave" : row.membership();
  }

  /** When what the client is told last happened, of a room that the user is not in. */
  private long recency(MembershipRow row, @Nullable SentRoom sent) {
    return user.refuses(row) && sent != null && !sent.face().membership().equals("join")
        ? sent.face().bumpStamp()
        : row.position();
  }

  private Future<UserMarks> marks() {
    UserMarks known = user.marks();
    return known != null
        ? Future.succeededFuture(known)
        : view.here(services.sync().userNews().accountData(user.userId(), 0))
            .map(
                data -> {
                  UserMarks marks = new UserMarks();
                  data.forEach(
                      (room, contents) ->
                          contents.forEach(c -> marks.fold(room, c.type(), c.content())));
                  view.window()
                      .accountData(user.userId(), 0)
                      .forEach(set -> marks.fold(set.roomId(), set.type(), set.content()));
                  user.mark(marks);
                  return marks;
                });
  }

  private Map<MembershipRow, ListedRoom> listed(Choice choice) {
    Map<MembershipRow, ListedRoom> listed = new HashMap<>();
    for (MembershipRow row : choice.rows) {
      String id = row.roomId();
      RoomFacts facts = choice.facts.get(id);
      listed.put(
          row,
          new ListedRoom(
              id,
              told(row),
              facts == null ? recency(row, choice.known.room(id)) : facts.last(),
              choice.marks.direct(id),
              facts != null && facts.encrypted(),
              facts == null ? "" : facts.type(),
              choice.marks.tags(id),
              spacesOf(id, choice.spaces)));
    }
    return listed;
  }

  private Found choose(Choice choice) {
    Map<MembershipRow, ListedRoom> listed = listed(choice);
    Selected selected = Selected.of(choice.request, new ArrayList<>(listed.values()));
    List<SlidingRoom> rooms = new ArrayList<>();
    listed.forEach(
        (row, room) -> {
          RoomConfig config = selected.rooms().get(row.roomId());
          if (config != null) {
            RoomFacts facts = choice.facts.get(row.roomId());
            rooms.add(
                new SlidingRoom(
                    row,
                    room,
                    facts == null ? room.recency() : facts.bump(),
                    config,
                    selected.lists().getOrDefault(row.roomId(), Set.of()),
                    choice.known.room(row.roomId())));
          }
        });
    return new Found(selected, rooms);
  }

  /** The spaces that lists ask for, as far as the user is in those. */
  private Future<Map<String, SpaceRooms>> spaces(SlidingRequest request) {
    Set<String> spaces = new HashSet<>();
    request.lists().values().stream()
        .map(list -> list.filters().spaces())
        .filter(Objects::nonNull)
        .forEach(spaces::addAll);
    spaces.removeIf(space -> !isIn(space));
    return spaces.isEmpty() ? Future.succeededFuture(Map.of()) : view.rooms().spaces(spaces);
  }

  private boolean isIn(String roomId) {
    MembershipRow row = user.in(roomId);
    return row != null && row.membership().equals("join");
  }

  private static Set<String> spacesOf(String roomId, Map<String, SpaceRooms> spaces) {
    Set<String> found = new HashSet<>();
    spaces.forEach(
        (space, rooms) -> {
          if (rooms.has(roomId)) {
            found.add(space);
          }
        });
    return found;
  }
}
