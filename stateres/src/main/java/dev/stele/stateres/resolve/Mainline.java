package dev.stele.stateres.resolve;

import dev.stele.stateres.event.Pdu;
import dev.stele.stateres.event.StateKey;
import dev.stele.stateres.json.CanonicalJson;
import java.util.Arrays;
import java.util.BitSet;
import java.util.Comparator;
import org.jspecify.annotations.Nullable;

/** The mainline of a power levels event, and the order that it gives to other events. */
final class Mainline {
  private static final int NOWHERE = Integer.MAX_VALUE;
  private static final int UNSEEN = -1;

  private final AuthGraph graph;

  /** By power levels event: its own or its nearest ancestor's place in the mainline. */
  private final int[] places;

  /**
   * The mainline of an event.
   *
   * @param powerLevels the event it starts from; null for a mainline without events
   */
  Mainline(AuthGraph graph, @Nullable Pdu powerLevels) {
    this.graph = graph;
    int start = powerLevels == null ? UNSEEN : graph.close(powerLevels.eventId());
    this.places = new int[graph.size()];
    Arrays.fill(places, UNSEEN);
    int place = 0;
    for (int event = start; event >= 0 && places[event] == UNSEEN; event = levelsOf(event)) {
      places[event] = place++;
    }
  }

  private int levelsOf(int event) {
    return graph.authEventAt(event, StateKey.POWER_LEVELS);
  }

  /** An event with what it is compared by. */
  private record Placed(int number, int place, Pdu event) {
    static final Comparator<Placed> ORDER =
        Comparator.comparingInt(Placed::place)
            .reversed()
            .thenComparingLong(placed -> placed.event.originServerTs())
            .thenComparing(placed -> placed.event.eventId(), CanonicalJson::compareByCodePoint);
  }

  /** The events in mainline ordering, earliest first. */
  int[] sort(BitSet events) {
    return events.stream()
        .mapToObj(number -> new Placed(number, placeOf(number), graph.event(number)))
        .sorted(Placed.ORDER)
        .mapToInt(Placed::number)
        .toArray();
  }

  /** The place of the nearest power levels event above which the event was sent. */
  private int placeOf(int event) {
    int first = levelsOf(event);
    int found = first;
    int steps = 0;
    while (found >= 0 && places[found] == UNSEEN && steps++ <= places.length) {
      found = levelsOf(found);
    }
    int place = found < 0 || places[found] == UNSEEN ? NOWHERE : places[found];
    for (int on = first; on >= 0 && places[on] == UNSEEN; on = levelsOf(on)) {
      places[on] = place;
    }
    return place;
  }
}
