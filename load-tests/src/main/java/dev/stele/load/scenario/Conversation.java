package dev.stele.load.scenario;

import dev.stele.load.client.User;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * Users send in rooms, others listen.
 *
 * @param name what it is called
 * @param senders how many users send, each one message at a time
 * @param rooms over how many rooms they spread; user <i>i</i> talks in room <i>i</i> mod {@code
 *     rooms}
 * @param pollers how many long-polls listen, spread over the rooms in the same way
 * @param listeners how many users they belong to
 */
public record Conversation(String name, int senders, int rooms, int pollers, int listeners)
    implements Scenario {
  public Conversation {
    Pace.requireAtLeast("senders", senders, 1);
    Pace.requireAtLeast("rooms", rooms, 1);
    Pace.requireAtLeast("pollers", pollers, 0);
    Pace.requireAtLeast("accounts", listeners, Math.min(pollers, rooms));
    if (rooms > senders) {
      throw new IllegalArgumentException(
          "rooms: %d (expected: at most one for each of the %d senders)".formatted(rooms, senders));
    }
  }

  @Override
  public Map<String, Object> settings() {
    return Map.of(
        "senders", senders, "rooms", rooms, "pollers", pollers, "listening accounts", listeners);
  }

  @Override
  public Play prepare(Stage stage) {
    Cast cast = stage.cast();
    List<User> talking = cast.users(senders, "s");
    List<User> listening = cast.users(Math.min(pollers, listeners), "p");
    List<Room> all = cast.rooms(rooms, talking);
    cast.spread(talking, all, rooms);
    cast.spread(listening, all, 0);
    Audience audience = new Audience(pollers(stage, listening, all), all);
    return Play.of(
        audience,
        IntStream.range(0, senders).mapToObj(i -> actor(stage, talking, all, i)).toList());
  }

  /** Poll <i>i</i> belongs to listener <i>i</i> mod their number. */
  private List<Poller> pollers(Stage stage, List<User> listening, List<Room> all) {
    List<Poller> made = new ArrayList<>();
    for (int i = 0; i < pollers; i++) {
      int listener = i % listening.size();
      made.add(new Poller(stage, listening.get(listener), List.of(all.get(listener % all.size()))));
    }
    return made;
  }

  private Actor actor(Stage stage, List<User> talking, List<Room> all, int index) {
    Speaker speaker = new Speaker(stage, talking.get(index), index);
    Room room = all.get(index % all.size());
    return new Actor(
        stage,
        talking.get(index),
        stage.schedule(index, senders),
        since -> speaker.say(room, since));
  }
}
