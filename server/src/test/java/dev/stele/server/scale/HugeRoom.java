package dev.stele.server.scale;

import dev.stele.server.record.AliasCreated;
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
 * One room of very many members and events, which everybody has come into first. Its owner, {@code
 * @owner}, may do everything; {@code @quiet} has said three things, all of them long ago.
 */
final class HugeRoom {
  static final String ALIAS = "#huge:" + GeneratedLog.SERVER;
  static final String OWNER = People.id("owner");
  static final String QUIET = People.id("quiet");

  private static final Conversation.Mix MIX = new Conversation.Mix(20, 1);
  private static final int BATCH = 256;

  private final GeneratedLog log;
  private final long seed;
  private final List<Fact> batch = new ArrayList<>();
  private long now = 1_750_000_000_000L;

  HugeRoom(GeneratedLog log, long seed) {
    this.log = log;
    this.seed = seed;
  }

  void write(int members, int events) {
    addAll(People.register(OWNER, "The Owner"));
    addAll(People.register(QUIET, "Somebody Quiet"));
    for (int i = 0; i < members; i++) {
      addAll(People.register(People.id(i), People.displayName(i)));
    }
    EventChain room =
        new EventChain(RoomVersion.V12, log.key(), EventChain.number(0), OWNER, () -> now += 700);
    Conversation talk =
        new Conversation(
            room, new Random(seed), new ArrayList<>(IntStream.range(0, members).boxed().toList()));
    List<RoomEvent> first = talk.begin("The huge room", "The Owner");
    addAll(first);
    add(new RoomPublished(room.roomId(), true));
    add(new AliasCreated(ALIAS, room.roomId(), OWNER));
    quiet(room);
    for (int i = 0; i < members; i++) {
      add(talk.join());
    }
    int count = first.size() + 5 + members;
    String latest = room.roomId();
    for (; count < events; count++) {
      RoomEvent event = talk.next(MIX);
      latest = event.eventId();
      add(event);
    }
    receipts(room.roomId(), latest, members);
    flush();
  }

  private void quiet(EventChain room) {
    add(room.member(QUIET, QUIET, "join", "Somebody Quiet"));
    for (int i = 0; i < 3; i++) {
      add(
          room.message(
              "m.room.message",
              QUIET,
              EventChain.object().put("msgtype", "m.text").put("body", "quietly " + i)));
    }
    add(room.message("dev.stele.rare", QUIET, EventChain.object().put("body", "rare")));
  }

  /** Two in five have read it. */
  private void receipts(String roomId, String eventId, int members) {
    for (int i = 0; i < members; i += 5) {
      add(new ReceiptSent(roomId, People.id(i), "m.read", null, eventId, now + i));
      add(new ReceiptSent(roomId, People.id(i + 1), "m.read", "main", eventId, now + i));
    }
  }

  private void addAll(List<? extends Fact> facts) {
    facts.forEach(this::add);
  }

  private void add(Fact fact) {
    batch.add(fact);
    if (batch.size() == BATCH) {
      flush();
    }
  }

  private void flush() {
    if (!batch.isEmpty()) {
      log.append(List.copyOf(batch));
      batch.clear();
    }
  }
}
