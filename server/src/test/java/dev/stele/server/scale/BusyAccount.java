package dev.stele.server.scale;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.stele.server.record.AccountDataSet;
import dev.stele.server.record.Fact;
import dev.stele.server.record.ReceiptSent;
import dev.stele.server.record.RoomEvent;
import dev.stele.server.record.RoomPublished;
import dev.stele.stateres.version.RoomVersion;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;

/**
 * An account, {@code @busy}, in many rooms, all of which {@code @host} has made and put into one
 * space, and the first thousand of them into another one, three levels deep. The busy one has read
 * half of them.
 */
final class BusyAccount {
  static final String BUSY = People.id("busy");
  static final String HOST = People.id("host");

  private static final int FIRST_NUMBER = 1_000_000;
  private static final int FIRST_SPACE = 500_000;

  /** How many rooms or spaces each space of the deep one holds. */
  private static final int BRANCHES = 10;

  private static final Conversation.Mix MIX = new Conversation.Mix(30, 10);

  private final GeneratedLog log;
  private final Random random;
  private long now = 1_760_000_000_000L;

  BusyAccount(GeneratedLog log, long seed) {
    this.log = log;
    this.random = new Random(seed);
  }

  /**
   * @param members how many come into a room at most, besides the two
   * @param full whether as many come into each room
   * @param events how many events a room has once everybody is in, about
   */
  void write(int rooms, int members, boolean full, int events) {
    log.append(People.register(BUSY, "Busy Bee"));
    log.append(People.register(HOST, "The Host"));
    List<String> made = new ArrayList<>();
    for (int i = 1; i <= rooms; i++) {
      made.add(room(i, full ? members : 1 + random.nextInt(members), events));
    }
    space(0, "The space", made);
    deepSpace(made);
  }

  /** A space of spaces of spaces of rooms. */
  private void deepSpace(List<String> rooms) {
    int number = FIRST_SPACE;
    List<String> upper = new ArrayList<>();
    for (int i = 0; i < BRANCHES; i++) {
      List<String> lower = new ArrayList<>();
      for (int j = 0; j < BRANCHES; j++) {
        int first = (i * BRANCHES + j) * BRANCHES;
        if (first + BRANCHES <= rooms.size()) {
          lower.add(space(number++, "Branch", rooms.subList(first, first + BRANCHES)));
        }
      }
      upper.add(space(number++, "Bough", lower));
    }
    var unused = space(number, "The deep space", upper);
  }

  private String room(int number, int members, int events) {
    EventChain room = chain(EventChain.number(FIRST_NUMBER + number));
    List<Integer> people =
        new ArrayList<>(
            IntStream.range(0, members).map(i -> (number * 37 + i) % 50_000).boxed().toList());
    Conversation talk = new Conversation(room, random, people);
    List<Fact> facts = new ArrayList<>(talk.begin("Room " + number, "The Host"));
    facts.add(room.member(BUSY, BUSY, "join", "Busy Bee"));
    for (int i = 0; i < people.size(); i++) {
      facts.add(talk.join());
    }
    RoomEvent last = room.create();
    for (int i = random.nextInt(2 * events); i > 0; i--) {
      last = talk.next(MIX);
      facts.add(last);
    }
    if (number % 2 == 0) {
      facts.add(new ReceiptSent(room.roomId(), BUSY, "m.read", null, last.eventId(), now));
    }
    if (number % 10 == 0) {
      ObjectNode tags = EventChain.object();
      tags.putObject("tags").putObject("m.favourite").put("order", 0.5);
      facts.add(new AccountDataSet(BUSY, room.roomId(), "m.tag", tags));
    }
    facts.add(new RoomPublished(room.roomId(), true));
    log.append(facts);
    return room.roomId();
  }

  private String space(int number, String name, List<String> rooms) {
    EventChain space = chain(EventChain.number(FIRST_NUMBER + number).put("type", "m.space"));
    List<Fact> facts =
        new ArrayList<>(new Conversation(space, random, new ArrayList<>()).begin(name, "The Host"));
    facts.add(space.member(BUSY, BUSY, "join", "Busy Bee"));
    for (String room : rooms) {
      ObjectNode child = EventChain.object();
      child.putArray("via").add(GeneratedLog.SERVER);
      facts.add(space.state("m.space.child", room, HOST, child));
    }
    facts.add(new RoomPublished(space.roomId(), true));
    log.append(facts);
    return space.roomId();
  }

  private EventChain chain(ObjectNode created) {
    return new EventChain(RoomVersion.V12, log.key(), created, HOST, () -> now += 1_000);
  }
}
