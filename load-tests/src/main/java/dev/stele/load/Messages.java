package dev.stele.load;

import io.vertx.core.buffer.Buffer;
import java.util.SplittableRandom;

/**
 * Messages that carry their number and the time at which they were sent, so that a poller can tell
 * which one it got and how long it took. One sender's own; not thread-safe.
 */
final class Messages {
  /** The member of the content that holds number and time. */
  static final String MARK = "dev.stele.load";

  private static final String LETTERS = "abcdefghijklmnopqrstuvwxyz      ";
  private static final int TEXTS = 16;

  private final String[] texts = new String[TEXTS];

  Messages(int length, long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    for (int i = 0; i < TEXTS; i++) {
      StringBuilder text = new StringBuilder(length);
      for (int j = 0; j < length; j++) {
        text.append(LETTERS.charAt(random.nextInt(LETTERS.length())));
      }
      texts[i] = text.toString();
    }
  }

  /** The content of message {@code number}, sent at {@code micros}. */
  Buffer content(int number, long micros) {
    return Buffer.buffer(
        "{\"msgtype\":\"m.text\",\"body\":\""
            + texts[number % TEXTS]
            + "\",\""
            + MARK
            + "\":{\"n\":"
            + number
            + ",\"at\":"
            + micros
            + "}}");
  }
}
