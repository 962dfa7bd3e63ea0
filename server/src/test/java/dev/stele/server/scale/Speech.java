package dev.stele.server.scale;

import java.util.random.RandomGenerator;

/** What people say: words of a made-up language, of which few are used much and most seldom. */
final class Speech {
  private static final int WORDS = 30_000;
  private static final String[] STARTS = {
    "ba", "co", "di", "fe", "gu", "ha", "jo", "ki", "le", "mu", "na", "po", "ri", "se", "tu", "wo"
  };
  private static final String[] ENDS = {"n", "r", "st", "lt", "m", "", "ck", "sh"};
  private static final String CHINESE = "今天我们去看一场电影然后吃晚饭你觉得怎么样";

  private final RandomGenerator random;

  Speech(RandomGenerator random) {
    this.random = random;
  }

  /** A sentence; one in a hundred is in a language without spaces. */
  String sentence() {
    if (random.nextInt(100) == 0) {
      int start = random.nextInt(CHINESE.length() - 4);
      return CHINESE.substring(start, start + 4 + random.nextInt(CHINESE.length() - start - 3));
    }
    int words = 2 + random.nextInt(4) + random.nextInt(12) * random.nextInt(2);
    StringBuilder text = new StringBuilder(word());
    for (int i = 1; i < words; i++) {
      text.append(' ').append(word());
    }
    return text.toString();
  }

  /** A word; the n-th of them is about n times as rare as the first. */
  String word() {
    int rank = (int) Math.pow(WORDS, random.nextDouble());
    return word(rank);
  }

  /** The word of that rank, from 1 on. */
  static String word(int rank) {
    StringBuilder word = new StringBuilder();
    int rest = rank;
    do {
      word.append(STARTS[rest % STARTS.length]);
      rest /= STARTS.length;
    } while (rest > 0);
    return word.append(ENDS[rank % ENDS.length]).toString();
  }
}
