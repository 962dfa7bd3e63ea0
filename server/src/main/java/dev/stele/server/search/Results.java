package dev.stele.server.search;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.stele.server.event.ClientEvents;
import dev.stele.server.event.ShownEvent;
import dev.stele.server.filter.RoomEventFilter;
import dev.stele.server.history.Aggregations;
import dev.stele.server.history.ContextRequest;
import dev.stele.server.history.EventContext;
import dev.stele.server.history.RoomHistory;
import dev.stele.server.history.VisibleHistory;
import dev.stele.server.projection.EventRow;
import dev.stele.server.projection.Relations;
import dev.stele.server.projection.Rooms;
import dev.stele.server.projection.SearchIndex.Match;
import dev.stele.server.projection.StateRow;
import io.vertx.core.Future;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Gathers what showing results takes: bundles, surroundings, profiles and state. Thread-safe. */
public final class Results {
  private final Rooms rooms;
  private final ClientEvents events;
  private final RoomHistory histories;
  private final Aggregations aggregations;

  public Results(Rooms rooms, Relations relations, ClientEvents events) {
    this.rooms = rooms;
    this.events = events;
    this.histories = new RoomHistory(rooms, events);
    this.aggregations = new Aggregations(relations, events);
  }

  Future<List<Found>> show(
      SearchRequest request,
      String userId,
      List<Match> matches,
      Map<String, VisibleHistory> visible) {
    Map<String, List<Match>> byRoom = new LinkedHashMap<>();
    matches.forEach(
        match -> byRoom.computeIfAbsent(match.roomId(), id -> new ArrayList<>()).add(match));
    List<Future<List<Found>>> shown = new ArrayList<>();
    byRoom.forEach(
        (room, of) -> {
          VisibleHistory history = visible.get(room);
          if (history != null) {
            shown.add(inRoom(request, userId, of, history));
          }
        });
    return Future.all(shown)
        .map(
            all -> {
              Map<String, Found> byId = new HashMap<>();
              shown.forEach(
                  of -> of.result().forEach(found -> byId.put(found.event().event().id(), found)));
              List<Found> ordered = new ArrayList<>();
              for (Match match : matches) {
                Found found = byId.get(match.row().eventId());
                if (found != null) {
                  ordered.add(found);
                }
              }
              return ordered;
            });
  }

  private Future<List<Found>> inRoom(
      SearchRequest request, String userId, List<Match> matches, VisibleHistory history) {
    String roomId = matches.get(0).roomId();
    List<EventRow> rows = matches.stream().map(Match::row).toList();
    return events
        .show(rows)
        .compose(shown -> aggregations.bundle(roomId, shown, userId, history))
        .compose(
            shown -> {
              List<Future<Found>> found = new ArrayList<>();
              for (int i = 0; i < shown.size(); i++) {
                found.add(found(request, matches.get(i), shown.get(i), history));
              }
              return Future.all(found).map(all -> all.<Found>list());
            });
  }

  private Future<Found> found(
      SearchRequest request, Match match, ShownEvent event, VisibleHistory history) {
    SearchRequest.@Nullable Surroundings wanted = request.context();
    if (wanted == null) {
      return Future.succeededFuture(new Found(match.roomId(), event, match.rank(), null, null));
    }
    return histories
        .surroundings(
            new ContextRequest(
                match.roomId(), wanted.before(), wanted.after(), RoomEventFilter.ALL),
            match.row(),
            history)
        .compose(
            context ->
                profiles(wanted, match, context)
                    .map(
                        profiles ->
                            new Found(match.roomId(), event, match.rank(), context, profiles)));
  }

  /** As the senders called themselves at the time. */
  private Future<@Nullable Map<String, ObjectNode>> profiles(
      SearchRequest.Surroundings wanted, Match match, EventContext context) {
    if (!wanted.profiles()) {
      return Future.succeededFuture(null);
    }
    return rooms
        .stateAt(match.roomId(), "m.room.member", context.senders(), match.row().position())
        .compose(rows -> events.show(rows.stream().map(StateRow::event).toList()))
        .map(
            members -> {
              Map<String, ObjectNode> profiles = new LinkedHashMap<>();
              for (ShownEvent member : members) {
                ObjectNode content = member.event().pdu().content();
                ObjectNode profile = JsonNodeFactory.instance.objectNode();
                for (String field : List.of("displayname", "avatar_url")) {
                  if (content.path(field).isTextual()) {
                    profile.set(field, content.get(field));
                  }
                }
                profiles.put(member.event().pdu().stateKey(), profile);
              }
              return profiles;
            });
  }

  /** The state of the rooms of results, as far as the user may read it. */
  Future<Map<String, List<ShownEvent>>> state(
      List<Found> found, Map<String, VisibleHistory> visible) {
    Map<String, Future<List<ShownEvent>>> states = new LinkedHashMap<>();
    for (Found result : found) {
      VisibleHistory history = visible.get(result.roomId());
      if (history != null && history.stateReadableAt().isPresent()) {
        long position = history.stateReadableAt().getAsLong();
        states.computeIfAbsent(result.roomId(), room -> state(room, position));
      }
    }
    return Future.all(new ArrayList<>(states.values()))
        .map(
            all -> {
              Map<String, List<ShownEvent>> byRoom = new LinkedHashMap<>();
              states.forEach((room, state) -> byRoom.put(room, state.result()));
              return byRoom;
            });
  }

  private Future<List<ShownEvent>> state(String roomId, long position) {
    return rooms
        .stateAt(roomId, position)
        .compose(rows -> events.show(rows.stream().map(StateRow::event).toList()));
  }
}
