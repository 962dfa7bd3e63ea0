package dev.stele.server.sync;

import dev.stele.server.event.EventCache;
import dev.stele.server.projection.Rooms;
import io.vertx.core.Future;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * What an event loop knows of rooms: remembered where it can be, and loaded where it has to be.
 * Belongs to that loop.
 */
final class KnownRooms {
  private final Loop loop;
  private final Window window;
  private final LiveRooms remembered;
  private final StoredSummaries summaries;
  private final StoredFacts facts;
  private final StoredSpaces spaces;

  KnownRooms(Loop loop, Window window, Rooms stored, EventCache events) {
    this.loop = loop;
    this.window = window;
    this.remembered = new LiveRooms(events);
    this.summaries = new StoredSummaries(stored.many(), events);
    this.facts = new StoredFacts(stored.many(), events);
    this.spaces = new StoredSpaces(stored, events);
  }

  /** What is in memory. */
  LiveRooms remembered() {
    return remembered;
  }

  /** What lists are ordered and filtered by, of these rooms. */
  Future<Map<String, RoomFacts>> facts(Collection<String> roomIds) {
    Map<String, RoomFacts> found = remembered.facts(roomIds);
    List<String> missing = roomIds.stream().filter(room -> !found.containsKey(room)).toList();
    return missing.isEmpty()
        ? Future.succeededFuture(found)
        : loop.here(facts.load(missing))
            .map(
                loaded -> {
                  loaded.forEach(
                      (room, facts) -> remembered.put(room, facts, window.events(room, 0)));
                  found.putAll(loaded);
                  return found;
                });
  }

  /** What these spaces hold. */
  Future<Map<String, SpaceRooms>> spaces(Collection<String> spaceIds) {
    Map<String, SpaceRooms> found = remembered.spaces(spaceIds);
    List<String> missing = spaceIds.stream().filter(space -> !found.containsKey(space)).toList();
    return missing.isEmpty()
        ? Future.succeededFuture(found)
        : loop.here(spaces.load(missing))
            .map(
                loaded -> {
                  loaded.forEach(
                      (space, held) -> remembered.put(space, held, window.events(space, 0)));
                  found.putAll(loaded);
                  return found;
                });
  }

  /** Who is in rooms, as somebody sees it. */
  Future<Map<String, MemberSummary>> summaries(Collection<String> roomIds, String viewer) {
    return rooms(roomIds)
        .map(
            rooms -> {
              Map<String, MemberSummary> summaries = new HashMap<>();
              rooms.forEach((id, room) -> summaries.put(id, room.summary(viewer)));
              return summaries;
            });
  }

  private Future<Map<String, LiveRoom>> rooms(Collection<String> roomIds) {
    List<String> missing = remembered.missing(roomIds);
    Map<String, LiveRoom> found = remembered.present(roomIds);
    return missing.isEmpty()
        ? Future.succeededFuture(found)
        : loop.here(summaries.load(missing))
            .map(
                loaded -> {
                  loaded.forEach(this::keep);
                  found.putAll(loaded);
                  return found;
                });
  }

  private void keep(String roomId, LiveRoom room) {
    List<Window.RecentEvent> changes =
        window.events(roomId, 0).stream().filter(Window.RecentEvent::isState).toList();
    remembered.put(roomId, room, changes);
  }
}
