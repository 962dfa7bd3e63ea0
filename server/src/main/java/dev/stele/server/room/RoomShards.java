package dev.stele.server.room;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.stele.server.event.EventCache;
import dev.stele.server.projection.Rooms;
import dev.stele.server.record.RecordLog;
import dev.stele.server.record.Transaction;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.internal.VertxInternal;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

/** Hands commands to the event loops that their rooms live on. Thread-safe. */
public final class RoomShards {
  private static final int MAX_QUEUE = 10_000;
  private static final int RECENT_TRANSACTIONS = 10_000;

  private final List<RoomShard> shards = new ArrayList<>();
  private final Cache<Transaction, Future<RoomOutcome>> recent =
      Caffeine.newBuilder().maximumSize(RECENT_TRANSACTIONS).executor(Runnable::run).build();

  /**
   * @param count how many shards, each with an event loop; at least 1
   */
  public RoomShards(
      Vertx vertx, int count, RecordLog log, Rooms rooms, EventCache events, EventFactory factory) {
    Decider decider = new Decider(factory);
    for (int i = 0; i < count; i++) {
      Context context = ((VertxInternal) vertx).createEventLoopContext();
      shards.add(new RoomShard(new RoomServices(context, log, rooms, events, decider, MAX_QUEUE)));
    }
  }

  /**
   * Carries out a command. The future completes once the outcome is durable; it fails, with nothing
   * written, when the log cannot be reached or too much is waiting. A request that is repeated
   * under its transaction id has the outcome of the first time.
   */
  public Future<RoomOutcome> submit(RoomCommand command) {
    return command
        .transaction()
        .map(transaction -> once(transaction, () -> dispatch(command)))
        .orElseGet(() -> dispatch(command));
  }

  private Future<RoomOutcome> once(Transaction transaction, Supplier<Future<RoomOutcome>> request) {
    Promise<RoomOutcome> mine = Promise.promise();
    Future<RoomOutcome> known = recent.asMap().putIfAbsent(transaction, mine.future());
    if (known != null) {
      return known;
    }
    return request
        .get()
        .onComplete(
            outcome -> {
              if (outcome.failed() || outcome.result() instanceof RoomOutcome.Refused) {
                recent.asMap().remove(transaction, mine.future());
              }
              mine.handle(outcome);
            });
  }

  private Future<RoomOutcome> dispatch(RoomCommand command) {
    return shards.get(Math.floorMod(command.roomId().hashCode(), shards.size())).submit(command);
  }
}
