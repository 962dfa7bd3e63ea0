package dev.stele.load.scenario;

import dev.stele.load.measure.Operation;
import dev.stele.load.measure.Stopwatch;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * What one listener has heard in its rooms. Hearing happens on one event loop; anybody may ask
 * whether the listener is behind.
 */
final class Ear {
  private final Map<Integer, Place> places = new HashMap<>();
  private final String runId;
  private final Stopwatch stopwatch;
  private final Operation delivery;
  private final Operation deliveryToAll;

  Ear(Stage stage, List<Room> rooms) {
    rooms.forEach(room -> places.put(room.number(), new Place(room)));
    this.runId = stage.runId();
    this.stopwatch = stage.stopwatch();
    this.delivery = stage.meter().operation("delivery");
    this.deliveryToAll = stage.meter().operation("delivery to all");
  }

  /** Hears what an answer says. */
  void hear(List<SyncAnswer.Mark> marks) {
    long now = stopwatch.micros();
    for (SyncAnswer.Mark mark : marks) {
      Place place = places.get(mark.room());
      if (place != null && mark.run().equals(runId)) {
        delivery.began(mark.micros(), now);
        if (place.hear(mark.number())) {
          deliveryToAll.began(mark.micros(), now);
        }
      }
    }
  }

  /** Learns later what was said while nobody listened; how long that took says nothing. */
  void learn(List<SyncAnswer.Mark> marks) {
    for (SyncAnswer.Mark mark : marks) {
      Place place = places.get(mark.room());
      if (place != null) {
        boolean unused = place.hear(mark.number());
      }
    }
  }

  boolean isIn(Room room) {
    Place place = places.get(room.number());
    return place != null && place.room.equals(room);
  }

  /** Whether something that was said in one of its rooms has not been heard yet. */
  boolean isBehind() {
    return places.values().stream().anyMatch(Place::isBehind);
  }

  boolean isBehind(Room room) {
    Place place = places.get(room.number());
    return place != null && place.isBehind();
  }

  /** One of its rooms, and how far it is there. */
  private static final class Place {
    private final Room room;
    private volatile int heard;

    Place(Room room) {
      this.room = room;
    }

    boolean hear(int number) {
      int index = heard;
      heard = index + 1;
      return room.ledger().heard(index, number);
    }

    boolean isBehind() {
      return heard < room.ledger().expected();
    }
  }
}
