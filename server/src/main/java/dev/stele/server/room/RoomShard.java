package dev.stele.server.room;

import dev.stele.server.record.Transaction;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.util.LinkedHashMap;
import java.util.Map;

/** The rooms that live on one event loop. */
final class RoomShard {
  /** How many rooms to hold; beyond it the least recently used idle ones go. */
  private static final int MAX_ROOMS = 10_000;

  private final RoomServices services;
  private final Map<String, Room> rooms = new LinkedHashMap<>(16, 0.75f, true);
  private final RecentTransactions recent = new RecentTransactions();

  RoomShard(RoomServices services) {
    this.services = services;
  }

  /** Carries out a command on the shard's event loop; may be called from any thread. */
  Future<RoomOutcome> submit(RoomCommand command) {
    Promise<RoomOutcome> outcome = Promise.promise();
    services
        .context()
        .runOnContext(
            nothing -> {
              Transaction transaction = command.transaction().orElse(null);
              Future<RoomOutcome> known = transaction == null ? null : recent.get(transaction);
              if (known == null) {
                known = hand(command);
                recent.put(transaction, known);
              }
              known.onComplete(outcome);
            });
    return outcome.future();
  }

  /** How many rooms it holds; about right on other threads. */
  int held() {
    return rooms.size();
  }

  private Future<RoomOutcome> hand(RoomCommand command) {
    Room room = rooms.computeIfAbsent(command.roomId(), id -> new Room(id, services));
    Future<RoomOutcome> outcome = room.submit(command);
    evict();
    return outcome;
  }

  private void evict() {
    if (rooms.size() > MAX_ROOMS) {
      rooms.values().removeIf(room -> rooms.size() > MAX_ROOMS && room.isIdle());
    }
  }
}
