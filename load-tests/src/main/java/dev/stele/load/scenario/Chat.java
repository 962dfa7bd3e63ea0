package dev.stele.load.scenario;

import dev.stele.load.client.User;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReferenceArray;

/**
 * People who chat: each is in several rooms and listens all the time; messages, typing and read
 * receipts come mixed.
 *
 * @param name what it is called
 * @param users how many people
 * @param rooms how many rooms
 * @param zipf how fast the sizes of rooms fall, from everybody's room on
 */
public record Chat(String name, int users, int rooms, double zipf) implements Scenario {
  public Chat {
    Pace.requireAtLeast("users", users, 2);
    Pace.requireAtLeast("rooms", rooms, 1);
    if (!(zipf >= 0 && zipf <= 5)) {
      throw new IllegalArgumentException("zipf: " + zipf + " (expected: 0..5)");
    }
  }

  @Override
  public Map<String, Object> settings() {
    return Map.of("users", users, "rooms", rooms, "zipf", zipf);
  }

  @Override
  public Play prepare(Stage stage) {
    Town town = Town.of(users, rooms, zipf, stage.seed(0));
    Cast cast = stage.cast();
    List<User> people = cast.users(users, "c");
    List<User> founders =
        town.membersByRoom().stream().map(members -> people.get(members.get(0))).toList();
    List<Room> all = cast.rooms(rooms, founders);
    cast.seat(seats(town, people, all));
    AtomicReferenceArray<String> lastEvents = new AtomicReferenceArray<>(rooms);
    List<Poller> pollers = new ArrayList<>();
    List<Actor> actors = new ArrayList<>();
    for (int i = 0; i < users; i++) {
      List<Room> mine = town.roomsOf(i).stream().map(all::get).toList();
      pollers.add(new Poller(stage, people.get(i), mine));
      if (!mine.isEmpty()) {
        Chatter chatter = new Chatter(stage, people.get(i), mine, lastEvents, i);
        actors.add(new Actor(stage, people.get(i), stage.schedule(i, users), chatter::act));
      }
    }
    return Play.of(new Audience(pollers, all), actors);
  }

  private static List<Cast.Seat> seats(Town town, List<User> people, List<Room> all) {
    List<Cast.Seat> seats = new ArrayList<>();
    for (Room room : all) {
      town.membersByRoom().get(room.number()).stream()
          .skip(1)
          .forEach(member -> seats.add(new Cast.Seat(people.get(member), room)));
    }
    return seats;
  }
}
