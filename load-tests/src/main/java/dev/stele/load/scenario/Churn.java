package dev.stele.load.scenario;

import dev.stele.load.client.User;
import dev.stele.load.measure.Operation;
import dev.stele.load.measure.Schedule;
import io.vertx.core.Future;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.stream.IntStream;

/**
 * Clients that come and go: each closes its connection in the middle of a poll, stays away a while,
 * and goes on where it was; some begin anew. Messages come all the time.
 *
 * @param clients how many
 * @param rooms over how many rooms they spread
 * @param messages a second, in all rooms together
 */
public record Churn(int clients, int rooms, double messages) implements Scenario {
  private static final int MOST_AWAY_MILLIS = 1_500;
  private static final double BEGIN_ANEW = 0.2;

  public Churn {
    Pace.requireAtLeast("rooms", rooms, 1);
    Pace.requireAtLeast("clients", clients, rooms);
    if (!(messages > 0 && messages <= 1e6)) {
      throw new IllegalArgumentException("messages: " + messages + " (expected: 0..1000000)");
    }
  }

  @Override
  public String name() {
    return "churn";
  }

  @Override
  public Map<String, Object> settings() {
    return Map.of("clients", clients, "rooms", rooms, "messages per second", messages);
  }

  @Override
  public Play prepare(Stage stage) {
    Cast cast = stage.cast();
    List<User> users = cast.users(clients, "v");
    List<User> talking = cast.users(rooms, "s");
    List<Room> all = cast.rooms(rooms, talking);
    cast.spread(users, all, 0);
    List<Poller> pollers =
        IntStream.range(0, clients)
            .mapToObj(i -> new Poller(stage, users.get(i), List.of(all.get(i % rooms))))
            .toList();
    List<Actor> actors = new ArrayList<>();
    for (int i = 0; i < clients; i++) {
      Restless restless = new Restless(stage, pollers.get(i), i);
      Schedule schedule = stage.schedule(i, clients);
      actors.add(new Actor(stage, users.get(i), schedule, restless::perform));
    }
    for (int i = 0; i < rooms; i++) {
      Speaker speaker = new Speaker(stage, talking.get(i), i);
      Room room = all.get(i);
      Schedule schedule = stage.schedule(clients + i, rooms, messages);
      actors.add(new Actor(stage, talking.get(i), schedule, since -> speaker.say(room, since)));
    }
    return Play.of(new Audience(pollers, all), actors);
  }

  /** One who comes and goes. */
  private static final class Restless {
    private final Stage stage;
    private final Poller poller;
    private final SplittableRandom random;
    private final Operation comeBack;
    private final Operation beginAnew;

    Restless(Stage stage, Poller poller, int index) {
      this.stage = stage;
      this.poller = poller;
      this.random = new SplittableRandom(stage.seed(index));
      this.comeBack = stage.meter().operation("come back");
      this.beginAnew = stage.meter().operation("begin anew");
    }

    /** Times are those of the first sync, not of the absence. */
    Future<?> perform(long since) {
      poller.leave();
      return stage
          .pause(1 + random.nextInt(MOST_AWAY_MILLIS))
          .compose(away -> stage.time(comeBack, stage.stopwatch().micros(), poller.comeBack()))
          .compose(back -> random.nextDouble() < BEGIN_ANEW ? anew() : Future.succeededFuture());
    }

    private Future<?> anew() {
      String path = User.API + "/sync?timeout=0&filter=" + Poller.FILTER;
      return stage.time(beginAnew, stage.stopwatch().micros(), poller.user().get(path));
    }
  }
}
