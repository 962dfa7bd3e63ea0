package dev.stele.load.scenario;

import dev.stele.load.client.User;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * Users scroll back through a room, page by page to its beginning, and begin again.
 *
 * @param messages in the room
 * @param readers how many scroll
 * @param page events on a page
 */
public record History(int messages, int readers, int page) implements Scenario {
  public History {
    Pace.requireAtLeast("messages", messages, 1);
    Pace.requireAtLeast("readers", readers, 1);
    Pace.requireAtLeast("page", page, 1);
  }

  @Override
  public String name() {
    return "history";
  }

  @Override
  public Map<String, Object> settings() {
    return Map.of("messages", messages, "readers", readers, "page", page);
  }

  @Override
  public Play prepare(Stage stage) {
    Cast cast = stage.cast();
    List<User> users = cast.users(readers, "h");
    List<Room> rooms = cast.rooms(1, users);
    cast.spread(users, rooms, 1);
    cast.fill(rooms.get(0), users.get(0), stage.marks(0), messages);
    Story story = new Story(messages);
    return Play.of(
        Audience.nobody(),
        IntStream.range(0, readers)
            .mapToObj(
                i -> {
                  Reader reader = new Reader(stage, users.get(i), rooms.get(0), page, story);
                  return new Actor(
                      stage, users.get(i), stage.schedule(i, readers), reader::turnPage);
                })
            .toList());
  }
}
