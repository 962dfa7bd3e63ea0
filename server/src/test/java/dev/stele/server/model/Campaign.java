package dev.stele.server.model;

import dev.stele.server.testing.TestServer;
import dev.stele.server.testing.TestServer.Answer;
import dev.stele.server.testing.TestServer.Client;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;

/**
 * One run: what happens, and when who looks, follows from the seed alone. Deeds come one after the
 * other; a poll that waits sees one of them and is woken by the next.
 */
final class Campaign {
  private static final int PEOPLE = 5;
  private static final int REMEMBERED = 60;

  private final long seed;
  private final Random random;
  private final World world;
  private final Deeds deeds;
  private final List<Watcher> watchers = new ArrayList<>();
  private final Deque<String> happened = new ArrayDeque<>();

  Campaign(TestServer server, long seed) {
    this.seed = seed;
    this.random = new Random(seed);
    this.world = new World(server, "s" + Long.toUnsignedString(seed, 36), PEOPLE);
    this.deeds = new Deeds(world, random);
    for (int i = 0; i < Style.ALL_STYLES.size(); i++) {
      Client user = world.users().get(i % PEOPLE);
      Client device = i < PEOPLE ? user : user.otherDevice();
      watchers.add(new SyncWatcher(world, device, Style.ALL_STYLES.get(i)));
    }
    for (Style style : Style.SLIDING) {
      Client device = world.users().get(watchers.size() % PEOPLE).otherDevice();
      watchers.add(new SlidingWatcher(world, device, style));
    }
  }

  /** Lets so many things happen, and compares at the end. */
  void run(int steps) {
    try {
      for (int i = 0; i < steps; i++) {
        step();
      }
      note("the end");
      new Audit(world).all(watchers);
    } catch (AssertionError | RuntimeException e) {
      throw new AssertionError(
          "seed " + seed + ": " + e.getMessage() + "\n" + String.join("\n", happened), e);
    }
  }

  private void step() {
    note(deeds.next());
    int chance = random.nextInt(100);
    Watcher watcher = watchers.get(random.nextInt(watchers.size()));
    if (chance < 40) {
      note(watcher + " polls");
      watcher.poll();
    } else if (chance < 50) {
      pollAndWait(watcher);
    } else if (chance < 60) {
      pageBack(watcher, 1 + random.nextInt(6));
    } else if (chance < 62) {
      note(watcher + " polls in vain");
      watcher.pollInVain();
    } else if (chance < 64) {
      note(watcher + " wants all state");
      watcher.pollFullState();
    } else if (chance < 66) {
      note(watcher + " starts anew");
      watcher.startAnew();
    } else if (chance < 67) {
      restartServer(watcher);
    }
  }

  private void pollAndWait(Watcher watcher) {
    if (!watcher.hasStarted()) {
      watcher.poll();
    }
    note(watcher + " polls and waits");
    CompletableFuture<Answer> poll = watcher.startPoll();
    note(deeds.next());
    note(deeds.tell(watcher.client()));
    watcher.finishPoll(poll);
  }

  private void pageBack(Watcher watcher, int limit) {
    note(watcher + " reads back");
    watcher.readableRooms().forEach(room -> watcher.pageBack(room, limit));
  }

  private void restartServer(Watcher watcher) {
    boolean waits = random.nextBoolean() && watcher.hasStarted();
    CompletableFuture<Answer> poll = waits ? watcher.startPoll() : null;
    note("the server restarts" + (waits ? ", while " + watcher + " waits" : ""));
    world.restart();
    if (poll != null) {
      watcher.abandonPoll(poll);
    }
    watchers.forEach(Watcher::forgetTyping);
  }

  private void note(String what) {
    happened.add(what);
    if (happened.size() > REMEMBERED) {
      happened.remove();
    }
  }
}
