package dev.stele.load.scenario;

import io.vertx.core.buffer.Buffer;
import java.util.SplittableRandom;

/**
 * Messages that carry where and when they were sent and their number, so that a listener can tell
 * which one it got and how long it took. One sender's own; not thread-safe.
 */
final class Marks {
  /** The member of the content that holds all that. */
  static final String MARK = "dev.stele.load";

  private static final String LETTERS = "abcdefghijklmnopqrstuvwxyz      ";
  private static final int TEXTS = 16;

  private final String[] texts = new String[TEXTS];
  private final String runId;

  Marks(String runId, int length, long seed) {
    this.runId = runId;
    SplittableRandom random = new SplittableRandom(seed);
    for (int i = 0; i < TEXTS; i++) {
      StringBuilder text = new StringBuilder(length);
      for (int j = 0; j < length; j++) {
        text.append(LETTERS.charAt(random.nextInt(LETTERS.length())));
      }
      texts[i] = text.toString();
    }
  }

  /** The content of message {@code number} in a room, sent at {@code micros}. */
  Buffer content(int room, int number, long micros) {
    return Buffer.buffer(
        "{\"msgtype\":\"m.text\",\"body\":\""
            + texts[number % TEXTS]
            + "\",\""
            + MARK
            + "\":{\"run\":\""
            + runId
            + "\",\"r\":"
            + room
            + ",\"n\":"
            + number
            + ",\"at\":"
            + micros
            + "}}");
  }
}
