package dev.stele.server.sync;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stele.server.sync.ListFollower.Lists;
import dev.stele.server.testing.TestServer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Whose devices people are told of, at random, against a model that remembers everything. */
final class DeviceListsModelTest {
  private static final int PEOPLE = 5;
  private static final int ROOMS = 4;
  private static final int STEPS = 220;

  private final List<Person> people = new ArrayList<>();
  private final Map<String, Set<String>> members = new HashMap<>();
  private final List<String> rooms = new ArrayList<>();
  private final Map<String, SlidingClient> connections = new HashMap<>();
  private final List<String> happened = new ArrayList<>();

  /**
   * Somebody who polls now and then.
   *
   * @param shared whom they shared which room with at their last poll
   * @param renewed whose devices changed since
   */
  private record Person(ListFollower lists, Set<String> shared, Set<String> renewed) {
    String id() {
      return lists.id();
    }
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2})
  void news_areThoseOfTheModel(long seed) {
    Random random = new Random(seed);
    try (TestServer server = new TestServer()) {
      gather(server, seed);
      for (int step = 0; step < STEPS; step++) {
        if (random.nextInt(100) == 0) {
          happened.add("the server restarts");
          server.restart();
          // The server forgets connections, and their clients begin anew.
          connections.clear();
        }
        act(random);
        if (random.nextInt(3) == 0) {
          poll(people.get(random.nextInt(PEOPLE)));
        }
      }
      people.forEach(this::poll);
    }
  }

  private void gather(TestServer server, long seed) {
    for (int i = 0; i < PEOPLE; i++) {
      Follower follower = Follower.register(server, "p" + i + "s" + seed);
      follower.sync();
      people.add(new Person(new ListFollower(follower), new TreeSet<>(), new TreeSet<>()));
    }
    for (int i = 0; i < ROOMS; i++) {
      String room = people.get(i).lists().follower().createRoom("{'preset':'public_chat'}");
      rooms.add(room);
      members.put(room, new TreeSet<>(Set.of(people.get(i).id())));
    }
    people.forEach(this::poll);
  }

  private void act(Random random) {
    Person person = people.get(random.nextInt(PEOPLE));
    Follower follower = person.lists().follower();
    String room = rooms.get(random.nextInt(ROOMS));
    Set<String> there = members.get(room);
    switch (random.nextInt(8)) {
      case 0, 1 -> {
        happened.add(person.id() + " renews");
        ListFollower.renew(follower);
        people.forEach(other -> other.renewed().add(person.id()));
      }
      case 2 -> {
        happened.add(person.id() + " is renamed");
        follower.rename("Name " + random.nextInt(100));
      }
      case 3, 4 -> {
        // Whoever made a room stays, so that others can always come back.
        if (there.contains(person.id()) && !person.equals(people.get(rooms.indexOf(room)))) {
          happened.add(person.id() + " leaves " + room);
          follower.leave(room);
          there.remove(person.id());
        }
      }
      case 5 -> {
        Person owner = people.get(rooms.indexOf(room));
        if (there.contains(person.id()) && !person.equals(owner)) {
          happened.add(person.id() + " is kicked from " + room);
          owner.lists().follower().change(room, "kick", follower);
          there.remove(person.id());
        }
      }
      default -> {
        if (!there.contains(person.id())) {
          happened.add(person.id() + " joins " + room);
          follower.join(room);
          there.add(person.id());
        }
      }
    }
  }

  /** All three ways of asking tell what they have to, and no more than they may. */
  private void poll(Person person) {
    happened.add(person.id() + " polls");
    String from = person.lists().follower().token();
    SlidingClient sliding =
        connections.computeIfAbsent(
            person.id(), id -> new SlidingClient(person.lists().follower().client()));
    boolean begins = sliding.pos().isEmpty();
    Lists synced = Lists.of(person.lists().follower().sync().path("device_lists"));
    Lists asked = person.lists().changes(from, person.lists().follower().token());
    Lists slid =
        Lists.of(
            sliding
                .sync("'extensions':{'e2ee':{'enabled':true}}")
                .path("extensions")
                .path("e2ee")
                .path("device_lists"));

    Set<String> shared = shared(person.id());
    check("/sync", person, shared, synced);
    check("/keys/changes", person, shared, asked);
    if (!begins) {
      check("sliding sync", person, shared, slid);
    }
    person.shared().clear();
    person.shared().addAll(shared);
    person.renewed().clear();
  }

  private void check(String where, Person person, Set<String> shared, Lists told) {
    Set<String> before = people(person.shared());
    Set<String> now = people(shared);
    Set<String> required = new TreeSet<>(person.renewed());
    required.removeIf(id -> !id.equals(person.id()) && !now.contains(id));
    now.stream().filter(id -> !before.contains(id)).forEach(required::add);
    Set<String> allowed = new TreeSet<>(shared);
    allowed.removeAll(person.shared());
    allowed = new TreeSet<>(people(allowed));
    allowed.addAll(required);
    Set<String> left = new TreeSet<>(before);
    left.removeAll(now);
    String story = where + " to " + person.id() + "\n" + String.join("\n", recent());

    assertThat(told.changed()).as(story).containsAll(required);
    assertThat(allowed).as(story).containsAll(told.changed());
    assertThat(told.left()).as(story).isEqualTo(left);
  }

  private List<String> recent() {
    return happened.subList(Math.max(0, happened.size() - 40), happened.size());
  }

  /** Everybody with whom somebody shares a room, once for each room. */
  private Set<String> shared(String id) {
    Set<String> shared = new TreeSet<>();
    members.forEach(
        (room, there) -> {
          if (there.contains(id)) {
            there.stream()
                .filter(other -> !other.equals(id))
                .forEach(other -> shared.add(other + " " + room));
          }
        });
    return shared;
  }

  private static Set<String> people(Set<String> shared) {
    Set<String> people = new TreeSet<>();
    shared.forEach(one -> people.add(one.substring(0, one.indexOf(' '))));
    return people;
  }
}
