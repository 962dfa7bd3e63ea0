package dev.stele.server.text;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Texts and what is looked for in them, as PostgreSQL writes the types {@code tsvector} and {@code
 * tsquery}. A stretch of a script without spaces is stored as its pairs of characters, and its last
 * character alone; it is found by its pairs in a row, a single character by whatever begins with
 * it.
 */
public final class TextVector {
  /** How many words of a text count. */
  private static final int MAX_WORDS = 4_000;

  /** How many words of a question count. */
  private static final int MAX_TERMS = 20;

  private TextVector() {}

  /**
   * A text as a {@code tsvector}.
   *
   * @param extra a word to add that no text can have
   */
  public static String of(String text, String extra) {
    Map<String, StringBuilder> places = new LinkedHashMap<>();
    int place = 1;
    for (Words.Run run : Words.runs(text)) {
      for (String word : stored(run)) {
        if (place > MAX_WORDS) {
          break;
        }
        StringBuilder known = places.get(word);
        if (known == null) {
          places.put(word, new StringBuilder(quoted(word)).append(':').append(place++));
        } else {
          known.append(',').append(place++);
        }
      }
    }
    StringBuilder vector = new StringBuilder(quoted(extra));
    places.values().forEach(word -> vector.append(' ').append(word));
    return vector.toString();
  }

  /** A word that stands for a room in texts that were said there. */
  public static String room(String roomId) {
    // Words have no slashes, so that nobody can say this one.
    long hash = 1125899906842597L;
    for (int i = 0; i < roomId.length(); i++) {
      hash = 31 * hash + roomId.charAt(i);
    }
    return "r/" + Long.toUnsignedString(hash, 36);
  }

  /** All of the words of a question as a {@code tsquery}; empty if there are none. */
  public static String query(String text) {
    List<String> terms = new ArrayList<>();
    for (Words.Run run : terms(text)) {
      terms.add(run.unspaced() ? row(run) : quoted(run.text()));
    }
    return String.join(" & ", terms);
  }

  /** The words of a question, for highlighting. */
  public static List<String> highlights(String text) {
    return terms(text).stream().map(Words.Run::text).distinct().toList();
  }

  /** Any of these words as a {@code tsquery}. */
  public static String any(List<String> words) {
    return "(" + String.join(" | ", words.stream().map(TextVector::quoted).toList()) + ")";
  }

  private static List<Words.Run> terms(String text) {
    return Words.runs(text).stream().limit(MAX_TERMS).toList();
  }

  private static List<String> stored(Words.Run run) {
    if (!run.unspaced()) {
      return List.of(run.text());
    }
    List<String> pairs = new ArrayList<>(pairs(run));
    int[] characters = run.text().codePoints().toArray();
    pairs.add(Character.toString(characters[characters.length - 1]));
    return pairs;
  }

  private static String row(Words.Run run) {
    List<String> pairs = pairs(run);
    return pairs.isEmpty()
        ? quoted(run.text()) + ":*"
        : "(" + String.join(" <-> ", pairs.stream().map(TextVector::quoted).toList()) + ")";
  }

  private static List<String> pairs(Words.Run run) {
    int[] characters = run.text().codePoints().toArray();
    List<String> pairs = new ArrayList<>();
    for (int i = 0; i + 1 < characters.length; i++) {
      pairs.add(new String(characters, i, 2));
    }
    return pairs;
  }

  private static String quoted(String word) {
    return "'" + word.replace("\\", "\\\\").replace("'", "''") + "'";
  }
}
