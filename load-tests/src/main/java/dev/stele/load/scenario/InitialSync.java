package dev.stele.load.scenario;

import dev.stele.load.client.User;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * The first sync of an account that is in many rooms: with all members, with those who spoke, and
 * by sliding sync.
 *
 * @param rooms of the account
 * @param members of each room, the account included
 * @param messages in each room
 * @param clients how many sync at once
 * @param kinds what is measured, in turn
 */
public record InitialSync(int rooms, int members, int messages, int clients, List<Kind> kinds)
    implements Scenario {
  /** A way to begin. */
  public enum Kind {
    FULL,
    LAZY,
    SLIDING
  }

  public InitialSync {
    Pace.requireAtLeast("rooms", rooms, 1);
    Pace.requireAtLeast("members", members, 2);
    Pace.requireAtLeast("messages", messages, 0);
    Pace.requireAtLeast("clients", clients, 1);
    Pace.requireAtLeast("kinds", kinds.size(), 1);
    kinds = List.copyOf(kinds);
  }

  @Override
  public String name() {
    return "initial-sync";
  }

  @Override
  public Map<String, Object> settings() {
    return Map.of("rooms", rooms, "members", members, "messages", messages, "clients", clients);
  }

  @Override
  public Play prepare(Stage stage) {
    Cast cast = stage.cast();
    User account = cast.users(1, "me").get(0);
    List<User> others = cast.users(members - 1, "m");
    List<Room> all = cast.rooms(rooms, others);
    List<Cast.Seat> seats = new ArrayList<>();
    for (Room room : all) {
      User founder = others.get(room.number() % others.size());
      others.stream()
          .filter(user -> !user.equals(founder))
          .forEach(u -> seats.add(new Cast.Seat(u, room)));
      seats.add(new Cast.Seat(account, room));
    }
    cast.seat(seats);
    for (Room room : all) {
      int founder = room.number() % others.size();
      cast.fill(room, others.get(founder), stage.marks(founder), messages);
    }
    List<FirstSync> served =
        kinds.stream().map(kind -> new FirstSync(stage, account, kind, this)).toList();
    return Play.of(
        Audience.nobody(),
        IntStream.range(0, clients).mapToObj(i -> client(stage, account, served, i)).toList());
  }

  private Actor client(Stage stage, User account, List<FirstSync> kinds, int index) {
    int[] turn = {index};
    return new Actor(
        stage,
        account,
        stage.schedule(index, clients),
        since -> kinds.get(turn[0]++ % kinds.size()).perform(since));
  }
}
