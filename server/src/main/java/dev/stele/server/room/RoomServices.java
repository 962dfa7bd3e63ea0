package dev.stele.server.room;

import dev.stele.server.event.EventCache;
import dev.stele.server.event.KnownEvent;
import dev.stele.server.projection.RoomSpan;
import dev.stele.server.projection.Rooms;
import dev.stele.server.projection.StatePiece;
import dev.stele.server.projection.StateRow;
import dev.stele.server.record.Fact;
import dev.stele.server.record.RecordLog;
import dev.stele.server.record.RoomEvent;
import dev.stele.stateres.event.StateKey;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What the rooms of one shard work with.
 *
 * @param context the shard's event loop
 * @param limits how much each of them may hold
 */
record RoomServices(
    Context context,
    RecordLog log,
    Rooms rooms,
    EventCache events,
    Decider decider,
    RoomLimits limits) {
  private static final long NOW = Long.MAX_VALUE - 1;

  /** The room as the log has it; empty if it does not exist and the command does not create it. */
  Future<Optional<RoomState>> load(String roomId, RoomCommand command) {
    return rooms
        .snapshot(roomId)
        .map(
            snapshot ->
                snapshot
                    .map(RoomState::of)
                    .or(() -> command.firstEvent().map(first -> RoomState.empty(first.version()))));
  }

  /** The events that hold these pieces of a room's state, as far as it has them. */
  Future<Map<StateKey, String>> state(String roomId, Set<StateKey> keys) {
    RoomSpan now = new RoomSpan(roomId, 0, NOW, NOW);
    return rooms
        .many()
        .pieces(keys.stream().map(key -> new StatePiece(now, key.type(), key.stateKey())).toList())
        .map(
            found -> {
              Map<StateKey, String> events = new HashMap<>();
              for (StateRow row : found.getOrDefault(roomId, List.of())) {
                events.put(new StateKey(row.type(), row.stateKey()), row.eventId());
              }
              return events;
            });
  }

  /**
   * Keeps committed events in memory, for somebody is about to read them, and takes what they
   * redact out of it before anybody is told.
   *
   * @param first the position of the first fact
   */
  void remember(List<Fact> facts, long first) {
    for (int i = 0; i < facts.size(); i++) {
      if (facts.get(i) instanceof RoomEvent event) {
        events.put(new KnownEvent(event, first + i));
        if (event.redacts() != null) {
          events.redact(event.roomId(), event.redacts());
        }
      }
    }
  }

  /** The same future, completing on the shard. */
  <T> Future<T> onShard(Future<T> future) {
    Promise<T> promise = Promise.promise();
    future.onComplete(
        result -> {
          if (Vertx.currentContext() == context) {
            promise.handle(result);
          } else {
            context.runOnContext(nothing -> promise.handle(result));
          }
        });
    return promise.future();
  }
}
