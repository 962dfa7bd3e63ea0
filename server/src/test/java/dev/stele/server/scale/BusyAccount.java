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
 * space. The busy one has read half of them.
 */
final class BusyAccount {
  static final String BUSY = People.id("busy");
  static final String HOST = People.id("host");

  private static final int FIRST_NUMBER = 1_000_000;
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
   * @param events how many events a room has once everybody is in, about
   */
  void write(int rooms, int members, int events) {
    log.append(People.register(BUSY, "Busy Bee"));
    log.append(People.register(HOST, "The Host"));
    List<String> made = new ArrayList<>();
    for (int i = 1; i <= rooms; i++) {
      made.add(room(i, members, events));
    }
    space(made);
  }

  private String room(int number, int members, int events) {
    EventChain room = chain(number);
    List<Integer> people =
        new ArrayList<>(
            IntStream.range(0, 1 + random.nextInt(members))
                .map(i -> (number * 37 + i) % 50_000)
                .boxed()
                .toList());
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

  private void space(List<String> rooms) {
    EventChain space = chain(0);
    List<Fact> facts =
        new ArrayList<>(
            new Conversation(space, random, new ArrayList<>()).begin("The space", "The Host"));
    facts.add(space.member(BUSY, BUSY, "join", "Busy Bee"));
    for (String room : rooms) {
      ObjectNode child = EventChain.object();
      child.putArray("via").add(GeneratedLog.SERVER);
      facts.add(space.state("m.space.child", room, HOST, child));
    }
    facts.add(new RoomPublished(space.roomId(), true));
    log.append(facts);
  }

  private EventChain chain(int number) {
    return new EventChain(
        RoomVersion.V12, log.key(), FIRST_NUMBER + number, HOST, () -> now += 1_000);
  }
}
