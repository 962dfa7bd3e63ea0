package dev.stele.load.scenario;

import dev.stele.load.measure.Check;
import java.util.List;

/** All who listen by long-poll, and the rooms in which they do. */
record Audience(List<Poller> pollers, List<Room> rooms) {

  static Audience nobody() {
    return new Audience(List.of(), List.of());
  }

  /** Returns when all wait for news: from then on, everything that is said is heard. */
  void start(Cast cast) {
    for (Room room : rooms) {
      room.ledger().expectListeners((int) pollers.stream().filter(p -> p.isIn(room)).count());
    }
    cast.each("listeners", pollers.size(), i -> pollers.get(i).start());
  }

  boolean isBehind() {
    return pollers.stream().anyMatch(Poller::isBehind);
  }

  void stop() {
    pollers.forEach(Poller::stop);
  }

  /** The findings, once all have heard what they will. */
  Check check() {
    return rooms.stream().map(this::check).reduce(Check.NOTHING, Check::plus);
  }

  private Check check(Room room) {
    List<Poller> here = pollers.stream().filter(poller -> poller.isIn(room)).toList();
    int behind = (int) here.stream().filter(poller -> poller.isBehind(room)).count();
    return room.ledger().check(here.size(), behind);
  }
}
