package dev.stele.load;

import java.time.Duration;

/**
 * What is done to the server.
 *
 * @param senders how many users send, each one message at a time
 * @param rooms over how many rooms they spread; user <i>i</i> talks in room <i>i</i> mod {@code
 *     rooms}
 * @param pollers how many users listen by long-poll, spread over the rooms in the same way
 * @param rate messages a second by all senders together, on a schedule that does not wait for
 *     answers; 0 to send the next message as soon as the last one is answered
 * @param textLength characters in a message's text
 * @param warmUp how long the load runs before it is measured
 * @param duration how long it is measured
 * @param catchUp how long pollers may take at the end to hear what they have not heard yet
 * @param maxSends after how many messages the load ends early, warm-up included
 * @param seed decides the texts and the schedule
 */
record Workload(
    int senders,
    int rooms,
    int pollers,
    double rate,
    int textLength,
    Duration warmUp,
    Duration duration,
    Duration catchUp,
    long maxSends,
    long seed) {
  Workload {
    requireAtLeast("senders", senders, 1);
    requireAtLeast("rooms", rooms, 1);
    requireAtLeast("pollers", pollers, 0);
    requireAtLeast("text", textLength, 1);
    requireAtLeast("max-sends", maxSends, 1);
    if (rooms > senders) {
      throw new IllegalArgumentException(
          "rooms: %d (expected: at most one for each of the %d senders)".formatted(rooms, senders));
    }
    if (!(rate >= 0 && rate <= 1e6)) {
      throw new IllegalArgumentException("rate: " + rate + " (expected: 0..1000000)");
    }
  }

  /** The same sends, with nobody listening. */
  Workload withoutPollers() {
    return new Workload(
        senders, rooms, 0, rate, textLength, warmUp, duration, catchUp, maxSends, seed);
  }

  private static void requireAtLeast(String name, long value, long least) {
    if (value < least) {
      throw new IllegalArgumentException("%s: %d (expected: >= %d)".formatted(name, value, least));
    }
  }
}
