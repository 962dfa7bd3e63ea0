package dev.stele.server.room;

import dev.stele.server.event.EventCache;
import dev.stele.server.event.KnownEvent;
import dev.stele.server.projection.RoomSnapshot;
import dev.stele.server.projection.Rooms;
import dev.stele.server.record.Fact;
import dev.stele.server.record.RecordLog;
import dev.stele.server.record.RoomEvent;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.util.List;
import java.util.Optional;

/**
 * What the rooms of one shard work with.
 *
 * @param context the shard's event loop
 * @param maxQueue how many commands may wait for one room
 */
record RoomServices(
    Context context, RecordLog log, Rooms rooms, EventCache events, Decider decider, int maxQueue) {
  /** How many pieces of state a room has at least that is put together elsewhere. */
  private static final int LARGE = 1_000;

  /** The room as the log has it; empty if it does not exist and the command does not create it. */
  Future<Optional<RoomState>> load(String roomId, RoomCommand command) {
    return rooms
        .snapshot(roomId)
        .compose(
            snapshot ->
                snapshot.isPresent()
                    ? state(snapshot.get()).map(Optional::of)
                    : Future.succeededFuture(
                        command.firstEvent().map(first -> RoomState.empty(first.version()))));
  }

  /** Putting a large state together is no work for an event loop that others wait for. */
  private Future<RoomState> state(RoomSnapshot snapshot) {
    return snapshot.state().size() < LARGE
        ? Future.succeededFuture(RoomState.of(snapshot))
        : context.owner().executeBlocking(() -> RoomState.of(snapshot), false);
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
