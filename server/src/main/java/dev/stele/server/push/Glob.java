package dev.stele.server.push;

import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A pattern in which {@code *} stands for any characters and {@code ?} for one; upper and lower
 * case are the same. Appendices, "Glob-style matching".
 *
 * <p>All ways to match are followed at once, a bit each, so that the time is bounded by the length
 * of the text times that of the pattern, whatever a hostile pattern looks like.
 */
final class Glob {
  private static final int ANY = -1;
  private static final int MANY = -2;

  /** The pattern if each of its characters stands for itself, else null. */
  private final @Nullable String plain;

  private final int length;

  /** The states that a character moves on from; those of {@code ?} are in all of them. */
  private final Map<Integer, long[]> moves = new HashMap<>();

  private final long[] any;

  /** The states that stay whatever comes. */
  private final long[] many;

  private Glob(@Nullable String plain, int[] tokens) {
    this.plain = plain;
    this.length = tokens.length;
    int words = length / Long.SIZE + 1;
    this.any = new long[words];
    this.many = new long[words];
    for (int i = 0; i < length; i++) {
      if (tokens[i] == ANY) {
        set(any, i);
      } else if (tokens[i] == MANY) {
        set(many, i);
      }
    }
    for (int i = 0; i < length; i++) {
      if (tokens[i] >= 0) {
        set(moves.computeIfAbsent(tokens[i], c -> any.clone()), i);
      }
    }
  }

  static Glob of(String pattern) {
    String simple = lower(pattern).replaceAll("\\*+", "*");
    boolean wild = simple.indexOf('*') >= 0 || simple.indexOf('?') >= 0;
    return new Glob(wild ? null : simple, simple.codePoints().map(Glob::token).toArray());
  }

  /** Text in which every character stands for itself. */
  static Glob literal(String text) {
    return new Glob(lower(text), lower(text).codePoints().toArray());
  }

  private static int token(int character) {
    return character == '*' ? MANY : character == '?' ? ANY : character;
  }

  /** Whether the whole text is as the pattern says. */
  boolean matches(String text) {
    String lower = lower(text);
    return plain == null ? run(lower.codePoints().toArray(), false) : plain.equals(lower);
  }

  /** Whether any part of the text is that begins and ends where a word does. */
  boolean matchesWords(String text) {
    return run(lower(text).codePoints().toArray(), true);
  }

  private boolean run(int[] text, boolean words) {
    long[] states = new long[any.length];
    for (int i = 0; i <= text.length; i++) {
      if (i == 0 || (words && !isWord(text[i - 1]))) {
        set(states, 0);
      }
      skipMany(states);
      boolean end = i == text.length || (words && !isWord(text[i]));
      if (end && isSet(states, length)) {
        return true;
      }
      if (i < text.length) {
        move(states, moves.getOrDefault(text[i], any));
      }
    }
    return false;
  }

  /** A {@code *} may stand for nothing. No two of them follow each other. */
  private void skipMany(long[] states) {
    long carry = 0;
    for (int word = 0; word < states.length; word++) {
      long skipped = states[word] & many[word];
      states[word] |= (skipped << 1) | carry;
      carry = skipped >>> (Long.SIZE - 1);
    }
  }

  private void move(long[] states, long[] allowed) {
    long carry = 0;
    for (int word = 0; word < states.length; word++) {
      long moved = states[word] & allowed[word];
      states[word] = (states[word] & many[word]) | (moved << 1) | carry;
      carry = moved >>> (Long.SIZE - 1);
    }
  }

  private static boolean isWord(int c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_';
  }

  private static void set(long[] bits, int bit) {
    bits[bit / Long.SIZE] |= 1L << bit;
  }

  private static boolean isSet(long[] bits, int bit) {
    return (bits[bit / Long.SIZE] & 1L << bit) != 0;
  }

  private static String lower(String text) {
    return text.toLowerCase(Locale.ROOT);
  }
}
