package dev.stele.server.sync;

import dev.stele.server.event.ShownEvent;
import dev.stele.server.history.Aggregations;
import dev.stele.server.history.VisibleHistory;
import dev.stele.server.projection.Relations;
import dev.stele.server.projection.Rooms;
import io.vertx.core.Future;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Adds to the events of timelines with a gap before them what relates to them; without a gap the
 * client has heard of it all. Client-server API, "Aggregations of child events". Thread-safe.
 */
final class Bundles {
  private final Rooms rooms;
  private final Relations relations;
  private final Aggregations aggregations;

  Bundles(Rooms rooms, Relations relations, Aggregations aggregations) {
    this.rooms = rooms;
    this.relations = relations;
    this.aggregations = aggregations;
  }

  /** The same rooms; asks once for all of them whether there is anything to add. */
  Future<List<RoomReading>> add(String userId, List<RoomReading> readings) {
    List<String> roomIds = new ArrayList<>();
    List<String> eventIds = new ArrayList<>();
    for (RoomReading reading : readings) {
      if (reading.slice().limited()) {
        for (ShownEvent event : reading.slice().timeline()) {
          roomIds.add(reading.roomId());
          eventIds.add(event.event().id());
        }
      }
    }
    return eventIds.isEmpty()
        ? Future.succeededFuture(readings)
        : relations.parents(roomIds, eventIds).compose(parents -> addTo(userId, readings, parents));
  }

  private Future<List<RoomReading>> addTo(
      String userId, List<RoomReading> readings, Set<String> parents) {
    Set<String> wanted = new HashSet<>();
    for (RoomReading reading : readings) {
      if (reading.slice().limited()
          && reading.slice().timeline().stream()
              .anyMatch(event -> parents.contains(event.event().id()))) {
        wanted.add(reading.roomId());
      }
    }
    return wanted.isEmpty()
        ? Future.succeededFuture(readings)
        : VisibleHistory.of(rooms, userId, wanted)
            .compose(
                histories ->
                    Future.all(
                            readings.stream()
                                .map(reading -> add(userId, reading, histories))
                                .toList())
                        .map(all -> all.<RoomReading>list()));
  }

  private Future<RoomReading> add(
      String userId, RoomReading reading, Map<String, VisibleHistory> histories) {
    VisibleHistory history = histories.get(reading.roomId());
    return history == null
        ? Future.succeededFuture(reading)
        : aggregations
            .bundle(reading.roomId(), reading.slice().timeline(), userId, history)
            .map(reading::with);
  }
}
