package dev.stele.load.scenario;

import dev.stele.load.client.User;
import io.vertx.core.Future;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * Clients that were away while much was said: all come back at once, sync from where they were, and
 * scroll back for what the sync left out.
 *
 * @param clients how many
 * @param rooms that all of them are in
 * @param events said while they are away, in all rooms together
 */
public record Gap(int clients, int rooms, int events) implements Scenario {
  private static final int AT_ONCE = 8;

  public Gap {
    Pace.requireAtLeast("clients", clients, 1);
    Pace.requireAtLeast("rooms", rooms, 1);
    Pace.requireAtLeast("events", events, 1);
  }

  @Override
  public String name() {
    return "gap";
  }

  @Override
  public Map<String, Object> settings() {
    return Map.of("clients", clients, "rooms", rooms, "events", events);
  }

  @Override
  public Play prepare(Stage stage) {
    Cast cast = stage.cast();
    List<User> talking = cast.users(AT_ONCE, "s");
    List<User> away = cast.users(clients, "g");
    List<Room> all = cast.rooms(rooms, talking);
    List<Cast.Seat> seats = new ArrayList<>();
    for (Room room : all) {
      room.ledger().expectListeners(clients);
      IntStream.range(0, AT_ONCE)
          .filter(i -> i != room.number() % AT_ONCE)
          .forEach(i -> seats.add(new Cast.Seat(talking.get(i), room)));
      away.forEach(user -> seats.add(new Cast.Seat(user, room)));
    }
    cast.seat(seats);
    List<Returner> returners = away.stream().map(user -> new Returner(stage, user, all)).toList();
    cast.each("first syncs", clients, i -> away.get(i).ask(returners.get(i)::begin));
    Rounds rounds = new Rounds(stage, talking, all, returners);
    Actor conductor =
        new Actor(stage, talking.get(0), stage.schedule(0, 1), since -> rounds.play());
    return Play.of(Audience.nobody(), List.of(conductor))
        .thenAtLast(() -> verify(stage, all, returners));
  }

  /** All clients heard everything: the last thing each round does is to listen. */
  private static void verify(Stage stage, List<Room> all, List<Returner> returners) {
    for (Room room : all) {
      int behind = (int) returners.stream().filter(each -> each.isBehind(room)).count();
      stage.findings().add(room.ledger().check(returners.size(), behind));
    }
  }

  /** Talk, then return, again and again. */
  private final class Rounds {
    private final Stage stage;
    private final List<Speaker> speakers = new ArrayList<>();
    private final List<User> talking;
    private final List<Room> all;
    private final List<Returner> returners;

    Rounds(Stage stage, List<User> talking, List<Room> all, List<Returner> returners) {
      this.stage = stage;
      this.talking = talking;
      this.all = all;
      this.returners = returners;
      for (int i = 0; i < talking.size(); i++) {
        speakers.add(new Speaker(stage, talking.get(i), i));
      }
    }

    Future<?> play() {
      return Future.join(IntStream.range(0, speakers.size()).mapToObj(i -> talk(i, i)).toList())
          .compose(
              said ->
                  Future.join(
                      returners.stream().map(each -> each.user().ask(each::comeBack)).toList()));
    }

    /** Says every {@link #AT_ONCE}-th event of a round, from {@code number} on. */
    private Future<?> talk(int who, int number) {
      if (number >= events) {
        return Future.succeededFuture();
      }
      Room room = all.get(number % all.size());
      return talking
          .get(who)
          .ask(() -> speakers.get(who).say(room, stage.stopwatch().micros()))
          .compose(said -> talk(who, number + AT_ONCE));
    }
  }
}
