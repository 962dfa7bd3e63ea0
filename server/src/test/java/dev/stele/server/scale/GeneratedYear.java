package dev.stele.server.scale;

import dev.stele.server.record.Fact;
import dev.stele.server.record.ReceiptSent;
import dev.stele.server.record.RoomEvent;
import dev.stele.stateres.version.RoomVersion;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;

/**
 * A year of a server: rooms of very different sizes, in which people talk, come and go. Half of the
 * rooms are of version 11, half of version 12; now and then the history of one forks. Written by
 * two threads, each of which has half of the rooms.
 */
final class GeneratedYear {
  private static final long START = 1_735_689_600_000L;
  private static final long YEAR_MILLIS = 365L * 24 * 3_600_000;
  private static final int THREADS = 2;
  private static final int BATCH = 256;
  private static final int PEOPLE = 5_000;
  private static final int FIRST_PERSON = 100_000;

  /** One event in so many is made while another server makes one, if the one before it allows. */
  private static final int FORKS = 100;

  /** A membership changes with one event in twelve, and other state with one in two hundred. */
  private static final Conversation.Mix MIX = new Conversation.Mix(80, 5);

  private final GeneratedLog log;
  private final long seed;

  GeneratedYear(GeneratedLog log, long seed) {
    this.log = log;
    this.seed = seed;
  }

  private static String person(int number) {
    return People.id(FIRST_PERSON + number);
  }

  void write(int rooms, int events) {
    for (int i = 0; i < PEOPLE; i++) {
      log.append(People.register(person(i), People.displayName(i)));
    }
    CompletableFuture.allOf(
            IntStream.range(0, THREADS)
                .mapToObj(
                    thread ->
                        CompletableFuture.runAsync(
                            () -> new Half(thread).write(rooms / THREADS, events / THREADS)))
                .toArray(CompletableFuture[]::new))
        .join();
  }

  /** What one thread writes. */
  private final class Half {
    private final int thread;
    private final Random random;
    private final List<Fact> batch = new ArrayList<>();
    private long now = START;
    private int forks;

    Half(int thread) {
      this.thread = thread;
      this.random = new Random(seed + thread);
    }

    void write(int rooms, int events) {
      long step = YEAR_MILLIS / events;
      List<EventChain> chains = new ArrayList<>();
      List<Conversation> talks = new ArrayList<>();
      int written = 0;
      for (int i = 0; i < rooms; i++) {
        RoomVersion version = i % 2 == 0 ? RoomVersion.V12 : RoomVersion.V11;
        String creator = person(PEOPLE - 1 - i % 100);
        EventChain chain =
            new EventChain(
                version,
                log.key(),
                EventChain.number(2_000_000 + thread * rooms + i),
                creator,
                () -> now += step);
        Conversation talk = new Conversation(chain, random, people());
        List<RoomEvent> first = talk.begin("Room " + i, "Somebody");
        first.forEach(this::add);
        written += first.size();
        chains.add(chain);
        talks.add(talk);
      }
      while (written < events) {
        // A few rooms are busy, most are quiet.
        int room = (int) Math.pow(rooms + 1, random.nextDouble()) - 1;
        if (random.nextInt(FORKS) == 0 && chains.get(room).apart()) {
          forks++;
        }
        RoomEvent event = talks.get(room).next(MIX);
        add(event);
        written++;
        if (random.nextInt(10) == 0) {
          String reader = event.pdu().sender();
          add(
              new ReceiptSent(
                  chains.get(room).roomId(), reader, "m.read", null, event.eventId(), now));
        }
      }
      flush();
      System.out.printf("%,d forks%n", forks);
    }

    /** Those who may ever come into a room: a handful, or hundreds. */
    private List<Integer> people() {
      int count = (int) (3 + Math.pow(300, random.nextDouble()));
      int first = FIRST_PERSON + random.nextInt(PEOPLE - 100 - count);
      return new ArrayList<>(IntStream.range(first, first + count).boxed().toList());
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
}
