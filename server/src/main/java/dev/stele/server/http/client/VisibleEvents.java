package dev.stele.server.http.client;

import dev.stele.api.ErrorCode;
import dev.stele.server.event.EventCache;
import dev.stele.server.event.KnownEvent;
import dev.stele.server.history.VisibleHistory;
import dev.stele.server.http.BadRequest;
import dev.stele.server.http.Requester;
import dev.stele.server.projection.EventRow;
import dev.stele.server.projection.Rooms;
import io.vertx.core.Future;
import java.util.List;

/** Single events, for those who may see them. Thread-safe. */
final class VisibleEvents {
  private final Rooms rooms;
  private final EventCache events;

  VisibleEvents(Rooms rooms, EventCache events) {
    this.rooms = rooms;
    this.events = events;
  }

  /**
   * A visible event.
   *
   * @param row its place
   * @param history what else of the room the requester may see
   */
  record Found(EventRow row, VisibleHistory history) {}

  /**
   * The room's event. Fails with a {@link BadRequest} of {@code M_NOT_FOUND} if there is none, or
   * none that the requester may see.
   */
  Future<Found> find(Requester requester, String roomId, String eventId) {
    return Future.all(
            events.byId(List.of(eventId)).map(found -> found.get(eventId)),
            VisibleHistory.of(rooms, requester.userId(), roomId))
        .compose(
            both -> {
              KnownEvent event = both.resultAt(0);
              VisibleHistory history = both.resultAt(1);
              if (event == null || !event.pdu().roomId().equals(roomId) || !history.canSee(event)) {
                throw notFound(eventId);
              }
              return rooms
                  .timelines()
                  .at(roomId, event.position())
                  .map(row -> new Found(row.orElseThrow(() -> notFound(eventId)), history));
            });
  }

  static BadRequest notFound(String eventId) {
    return new BadRequest(
        ErrorCode.NOT_FOUND, "There is no event " + eventId + ", or you may not see it");
  }
}
