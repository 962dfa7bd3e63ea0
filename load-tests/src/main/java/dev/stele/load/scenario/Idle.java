package dev.stele.load.scenario;

import dev.stele.load.client.User;
import dev.stele.load.measure.Meter;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Long-polls that wait while nothing happens. What they cost is memory and processor time of the
 * server.
 *
 * @param pollers how many wait
 * @param accounts how many users they belong to
 * @param rooms over how many rooms the users spread
 */
public record Idle(int pollers, int accounts, int rooms) implements Scenario {
  private static final double BYTES_PER_MB = 1 << 20;

  public Idle {
    Pace.requireAtLeast("pollers", pollers, 1);
    Pace.requireAtLeast("rooms", rooms, 1);
    Pace.requireAtLeast("accounts", accounts, rooms);
  }

  @Override
  public String name() {
    return "idle";
  }

  @Override
  public Map<String, Object> settings() {
    return Map.of("pollers", pollers, "accounts", accounts, "rooms", rooms);
  }

  @Override
  public Play prepare(Stage stage) {
    Cast cast = stage.cast();
    List<User> users = cast.users(accounts, "i");
    List<Room> all = cast.rooms(rooms, users);
    cast.spread(users, all, rooms);
    List<Poller> polls = new ArrayList<>();
    for (int i = 0; i < pollers; i++) {
      int account = i % accounts;
      polls.add(new Poller(stage, users.get(account), List.of(all.get(account % rooms))));
    }
    Optional<Memory.Snapshot> before = stage.memory().snapshot();
    if (before.isEmpty()) {
      stage.remark(
          "memory and processor time of the server are not known: --pid tells which it is");
    }
    return Play.of(new Audience(polls, all), List.of())
        .thenAtLast(
            () -> {
              before.ifPresent(was -> compare(stage, was));
              stage.meter().figure("polls waiting", pollers, "");
              if (stage.pace().check()) {
                wakeAll(stage, users, all);
              }
            });
  }

  private void compare(Stage stage, Memory.Snapshot before) {
    Memory.Snapshot after = stage.memory().snapshot().orElse(before);
    Meter meter = stage.meter();
    meter.figure("memory before", before.memoryMb(), "MB");
    meter.figure("memory with polls", after.memoryMb(), "MB");
    meter.figure("memory per poll", perPoll(after.memoryMb() - before.memoryMb()), "bytes");
    meter.figure(
        "memory per poll, with children",
        perPoll(after.treeMemoryMb() - before.treeMemoryMb()),
        "bytes");
  }

  private double perPoll(double mb) {
    return mb * BYTES_PER_MB / pollers;
  }

  /** A message in each room, to see that all polls live. */
  private static void wakeAll(Stage stage, List<User> users, List<Room> all) {
    stage
        .cast()
        .each(
            "messages",
            all.size(),
            i -> {
              User user = users.get(i);
              Speaker speaker = new Speaker(stage, user, i);
              return user.ask(() -> speaker.say(all.get(i), stage.stopwatch().micros()));
            });
  }
}
