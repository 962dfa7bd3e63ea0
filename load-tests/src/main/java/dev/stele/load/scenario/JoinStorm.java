package dev.stele.load.scenario;

import com.fasterxml.jackson.databind.JsonNode;
import dev.stele.load.client.Answer;
import dev.stele.load.client.User;
import dev.stele.load.measure.Operation;
import io.vertx.core.Future;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.IntStream;

/**
 * Many users join one room, and leave it again when all have joined, again and again.
 *
 * @param users how many
 * @param atOnce how many requests are under way at any time
 */
public record JoinStorm(int users, int atOnce) implements Scenario {
  public JoinStorm {
    Pace.requireAtLeast("users", users, 1);
    Pace.requireAtLeast("at-once", atOnce, 1);
    if (atOnce > users) {
      throw new IllegalArgumentException(
          "at-once: %d (expected: at most %d, the users)".formatted(atOnce, users));
    }
  }

  @Override
  public String name() {
    return "join-storm";
  }

  @Override
  public Map<String, Object> settings() {
    return Map.of("users", users, "at once", atOnce);
  }

  @Override
  public Play prepare(Stage stage) {
    Cast cast = stage.cast();
    List<User> crowd = cast.users(users, "j");
    User founder = cast.users(1, "founder").get(0);
    Room room = cast.rooms(1, List.of(founder)).get(0);
    Set<String> inside = ConcurrentHashMap.newKeySet();
    Set<String> unsure = ConcurrentHashMap.newKeySet();
    inside.add(founder.id());
    List<Actor> actors =
        IntStream.range(0, atOnce)
            .mapToObj(
                i -> {
                  List<User> mine =
                      IntStream.range(0, users)
                          .filter(user -> user % atOnce == i)
                          .mapToObj(crowd::get)
                          .toList();
                  InAndOut act = new InAndOut(stage, mine, room, inside, unsure);
                  return new Actor(stage, mine.get(0), stage.schedule(i, atOnce), act::perform);
                })
            .toList();
    return Play.of(Audience.nobody(), actors)
        .thenAtLast(() -> verify(stage, founder, room, inside, unsure));
  }

  /**
   * Everybody whose join was acknowledged is in the room, and nobody else; but for those whose last
   * request got no answer.
   */
  private static void verify(
      Stage stage, User founder, Room room, Set<String> inside, Set<String> unsure) {
    Answer answer =
        stage
            .cast()
            .each(
                "lists",
                1,
                i ->
                    stage
                        .cast()
                        .need(
                            "joined_members",
                            founder,
                            () -> founder.get(room.path("/joined_members"))))
            .get(0);
    JsonNode joined = answer.json().path("joined");
    Set<String> listed = new HashSet<>();
    joined.fieldNames().forEachRemaining(listed::add);
    listed.removeAll(unsure);
    inside.removeAll(unsure);
    stage
        .findings()
        .verify(
            listed.equals(inside),
            "joined_members lists " + listed.size() + " where " + inside.size() + " joined");
  }

  /** Some users, who join one after the other, and then leave. */
  private static final class InAndOut {
    private final Stage stage;
    private final List<User> users;
    private final Room room;
    private final Set<String> inside;
    private final Set<String> unsure;
    private final Operation join;
    private final Operation leave;
    private int turn;

    InAndOut(Stage stage, List<User> users, Room room, Set<String> inside, Set<String> unsure) {
      this.stage = stage;
      this.users = users;
      this.room = room;
      this.inside = inside;
      this.unsure = unsure;
      this.join = stage.meter().operation("join");
      this.leave = stage.meter().operation("leave");
    }

    Future<?> perform(long since) {
      boolean joins = turn < users.size();
      User user = users.get(turn % users.size());
      turn = (turn + 1) % (2 * users.size());
      String path = joins ? User.API + "/join/" + User.segment(room.id()) : room.path("/leave");
      return stage
          .time(joins ? join : leave, since, user.ask(() -> user.post(path, Cast.NOTHING)))
          .onSuccess(answer -> moved(user, joins))
          .onFailure(failure -> unsure.add(user.id()));
    }

    private void moved(User user, boolean joined) {
      unsure.remove(user.id());
      if (joined) {
        inside.add(user.id());
      } else {
        inside.remove(user.id());
      }
    }
  }
}
