package dev.stele.server.projection;

import java.lang.Character.UnicodeScript;
import java.text.Normalizer;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Text as the words that it is found by: runs of letters, digits and pictures, without regard to
 * case, to accents and to the ways in which Unicode writes the same character. Where people write
 * without spaces, every character begins a word, so that a search for the beginning of a word finds
 * any part of the text.
 */
final class Words {
  private static final int MAX_WORDS = 500;
  private static final int MAX_WORD_CHARS = 48;
  private static final int MAX_TEXT_CHARS = 4_096;

  /** Of a text without spaces, as many characters from each one on. */
  private static final int MAX_RUN = 12;

  private static final Pattern MARKS = Pattern.compile("\\p{Mn}+");
  private static final Pattern BETWEEN = Pattern.compile("[^\\p{L}\\p{N}\\p{M}\\p{So}]+");
  private static final Set<UnicodeScript> WITHOUT_SPACES =
      Set.of(
          UnicodeScript.HAN,
          UnicodeScript.HIRAGANA,
          UnicodeScript.KATAKANA,
          UnicodeScript.THAI,
          UnicodeScript.LAO,
          UnicodeScript.KHMER,
          UnicodeScript.MYANMAR);

  private Words() {}

  /** The words that a text is found by; at most {@value #MAX_WORDS}, each once. */
  static List<String> of(String text) {
    Set<String> words = new LinkedHashSet<>();
    for (String run : runs(text)) {
      for (int start = 0; start < run.length(); start = nextStart(run, start)) {
        words.add(cut(run.substring(start), start == 0 ? MAX_WORD_CHARS : MAX_RUN));
        if (words.size() == MAX_WORDS) {
          return List.copyOf(words);
        }
      }
    }
    return List.copyOf(words);
  }

  /**
   * What somebody looks for: texts that have, for each of these, a word that begins with it. The
   * longest first; at most {@code limit}.
   */
  static List<String> sought(String text, int limit) {
    List<String> sought = new ArrayList<>();
    for (String run : runs(text)) {
      boolean spaceless = run.codePoints().anyMatch(Words::isWithoutSpaces);
      String word = cut(run, spaceless ? MAX_RUN : MAX_WORD_CHARS);
      if (!sought.contains(word)) {
        sought.add(word);
      }
    }
    sought.sort((a, b) -> Integer.compare(b.length(), a.length()));
    return sought.subList(0, Math.min(limit, sought.size()));
  }

  private static List<String> runs(String text) {
    String plain = folded(text.substring(0, Math.min(text.length(), MAX_TEXT_CHARS)));
    return BETWEEN.splitAsStream(plain).filter(run -> !run.isEmpty()).toList();
  }

  /** Twice through the cases, because some characters meet in one of them only. */
  private static String folded(String text) {
    String decomposed = Normalizer.normalize(text, Normalizer.Form.NFKD);
    return MARKS
        .matcher(decomposed)
        .replaceAll("")
        .toUpperCase(Locale.ROOT)
        .toLowerCase(Locale.ROOT);
  }

  /** Where the next word of a run starts: at the next character of a script without spaces. */
  private static int nextStart(String run, int start) {
    int next = run.offsetByCodePoints(start, 1);
    while (next < run.length() && !isWithoutSpaces(run.codePointAt(next))) {
      next = run.offsetByCodePoints(next, 1);
    }
    return next;
  }

  private static boolean isWithoutSpaces(int character) {
    return Character.getType(character) == Character.OTHER_SYMBOL
        || WITHOUT_SPACES.contains(UnicodeScript.of(character));
  }

  private static String cut(String word, int chars) {
    if (word.length() <= chars) {
      return word;
    }
    int end = Character.isHighSurrogate(word.charAt(chars - 1)) ? chars - 1 : chars;
    return word.substring(0, end);
  }
}
