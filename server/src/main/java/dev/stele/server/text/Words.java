package dev.stele.server.text;

import java.lang.Character.UnicodeScript;
import java.text.Normalizer;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * Takes a text apart into runs: words of letters and digits, symbols such as emoji, and stretches
 * of scripts that put no spaces between words. Case and width do not matter (NFKC, lower case);
 * words are not reduced to stems, which would take knowing the language.
 */
public final class Words {
  /** How much of a text counts. */
  private static final int MAX_CHARS = 20_000;

  private static final int MAX_WORD_CHARS = 100;

  /** Scripts that are searched by pairs of characters, because their words run together. */
  private static final Set<UnicodeScript> UNSPACED =
      EnumSet.of(
          UnicodeScript.HAN,
          UnicodeScript.HIRAGANA,
          UnicodeScript.KATAKANA,
          UnicodeScript.BOPOMOFO,
          UnicodeScript.HANGUL,
          UnicodeScript.THAI,
          UnicodeScript.LAO,
          UnicodeScript.KHMER,
          UnicodeScript.MYANMAR,
          UnicodeScript.TIBETAN,
          UnicodeScript.YI);

  private Words() {}

  /**
   * A stretch of a text.
   *
   * @param text the stretch
   * @param unspaced whether words in it run together
   */
  public record Run(String text, boolean unspaced) {}

  /** The runs of a text, in order. */
  public static List<Run> runs(String text) {
    String bounded = text.length() > MAX_CHARS ? text.substring(0, MAX_CHARS) : text;
    Splitter splitter = new Splitter();
    String folded = normalised(bounded).toLowerCase(Locale.ROOT);
    for (int i = 0; i < folded.length(); ) {
      int codePoint = folded.codePointAt(i);
      splitter.add(codePoint);
      i += Character.charCount(codePoint);
    }
    splitter.end();
    return splitter.runs;
  }

  /** ASCII is normalised already, which costs less to see here than to ask. */
  private static String normalised(String text) {
    for (int i = 0; i < text.length(); i++) {
      if (text.charAt(i) >= 0x80) {
        return Normalizer.normalize(text, Normalizer.Form.NFKC);
      }
    }
    return text;
  }

  /** Puts the code points of a text together to runs. */
  private static final class Splitter {
    private final List<Run> runs = new ArrayList<>();
    private final StringBuilder current = new StringBuilder();
    private boolean unspaced;

    void add(int codePoint) {
      if (Character.getType(codePoint) == Character.OTHER_SYMBOL) {
        end();
        runs.add(new Run(Character.toString(codePoint), false));
      } else if (Character.isLetterOrDigit(codePoint) || isMark(codePoint)) {
        addToRun(codePoint);
      } else if (!isInsideOfWords(codePoint) || unspaced) {
        end();
      }
    }

    void end() {
      if (current.length() > 0) {
        runs.add(new Run(current.toString(), unspaced));
      }
      current.setLength(0);
      unspaced = false;
    }

    private void addToRun(int codePoint) {
      UnicodeScript script = scriptOf(codePoint);
      boolean shared = script == UnicodeScript.COMMON || script == UnicodeScript.INHERITED;
      if (!shared || current.length() == 0) {
        boolean pairs = UNSPACED.contains(script);
        if (pairs != unspaced) {
          end();
        }
        unspaced = pairs;
      }
      if (current.length() < MAX_WORD_CHARS || unspaced) {
        current.appendCodePoint(codePoint);
      }
    }

    /** What Java finds by a search in a table is plain for most of what is ever written. */
    private static UnicodeScript scriptOf(int codePoint) {
      if (codePoint >= 0x80) {
        return UnicodeScript.of(codePoint);
      }
      return codePoint >= 'a' ? UnicodeScript.LATIN : UnicodeScript.COMMON;
    }

    private static boolean isMark(int codePoint) {
      int type = Character.getType(codePoint);
      return type == Character.COMBINING_SPACING_MARK
          || (type == Character.NON_SPACING_MARK && !isVariation(codePoint));
    }

    private static boolean isVariation(int codePoint) {
      return codePoint >= 0xFE00 && codePoint <= 0xFE0F;
    }

    /** Apostrophes: what they join is one word. */
    private static boolean isInsideOfWords(int codePoint) {
      return codePoint == '\'' || codePoint == 0x2019;
    }
  }
}
