package dev.stele.load.scenario;

import dev.stele.load.client.User;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.IntStream;

/**
 * Users send in rooms, others listen.
 *
 * @param name what it is called
 * @param senders how many users send
 * @param rooms over how many rooms they spread; user <i>i</i> talks in room <i>i</i> mod {@code
 *     rooms}
 * @param pollers how many long-polls listen, spread over the rooms in the same way
 * @param listeners how many users they belong to
 * @param atOnce how many messages may be under way, spread over the senders
 */
public record Conversation(
    String name, int senders, int rooms, int pollers, int listeners, int atOnce)
    implements Scenario {

  /** Each user sends one message at a time. */
  public Conversation(String name, int senders, int rooms, int pollers, int listeners) {
    this(name, senders, rooms, pollers, listeners, senders);
  }

  public Conversation {
    Pace.requireAtLeast("at-once", atOnce, senders);
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
    Map<String, Object> settings = new TreeMap<>();
    settings.put("senders", senders);
    settings.put("rooms", rooms);
    settings.put("pollers", pollers);
    settings.put("listening accounts", listeners);
    if (atOnce != senders) {
      settings.put("at once", atOnce);
    }
    return settings;
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
        audience, IntStream.range(0, atOnce).mapToObj(i -> actor(stage, talking, all, i)).toList());
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
    int who = index % senders;
    Speaker speaker = new Speaker(stage, talking.get(who), index);
    Room room = all.get(who % all.size());
    return new Actor(
        stage, talking.get(who), stage.schedule(index, atOnce), since -> speaker.say(room, since));
  }
}
