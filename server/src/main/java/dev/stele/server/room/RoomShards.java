package dev.stele.server.room;

import dev.stele.server.event.EventCache;
import dev.stele.server.projection.Rooms;
import dev.stele.server.record.RecordLog;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.internal.VertxInternal;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

/** Hands commands to the event loops that their rooms live on. Thread-safe. */
public final class RoomShards {
  private final List<RoomShard> shards = new ArrayList<>();
  private final AtomicInteger waiting = new AtomicInteger();

  /**
   * @param count how many shards, each with an event loop; at least 1
   */
  public RoomShards(
      Vertx vertx, int count, RecordLog log, Rooms rooms, EventCache events, EventFactory factory) {
    Decider decider = new Decider(factory);
    for (int i = 0; i < count; i++) {
      Context context = ((VertxInternal) vertx).createEventLoopContext();
      RoomServices services =
          new RoomServices(context, log, rooms, events, decider, RoomLimits.DEFAULT);
      shards.add(new RoomShard(services));
    }
  }

  /**
   * Carries out a command. The future completes once the outcome is durable; it fails, with nothing
   * written, when the log cannot be reached or too much is waiting. A request that is repeated
   * under its transaction id has the outcome of the first time.
   */
  public Future<RoomOutcome> submit(RoomCommand command) {
    waiting.incrementAndGet();
    return shards
        .get(Math.floorMod(command.roomId().hashCode(), shards.size()))
        .submit(command)
        .onComplete(done -> waiting.decrementAndGet());
  }

  /** Counts the rooms that are held and the commands that wait for their outcome. */
  public void monitor(MeterRegistry metrics) {
    Gauge.builder("stele.rooms.waiting", waiting, AtomicInteger::get)
        .description("Commands that wait for their outcome")
        .register(metrics);
    Gauge.builder("stele.rooms.held", shards, all -> all.stream().mapToInt(RoomShard::held).sum())
        .description("Rooms that are held to decide about them")
        .register(metrics);
  }
}
