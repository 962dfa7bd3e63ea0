package dev.stele.eventstore.postgres;

import dev.stele.eventstore.Append;
import dev.stele.eventstore.Claim;
import dev.stele.eventstore.NewRecord;
import java.util.HashSet;
import java.util.Set;

/**
 * What the database can hold. An append that breaks these limits is refused before it joins a
 * batch, because the whole batch would fail with it.
 */
final class Limits {
  /** An index entry holds at most 2,704 bytes. */
  private static final int MAX_NAME_BYTES = 2_048;

  private Limits() {}

  /** Throws {@link IllegalArgumentException} if the database could not hold this. */
  static void check(Append append) {
    Set<Claim> claims = new HashSet<>();
    for (NewRecord record : append.records()) {
      checkName("stream", bytes("stream", record.stream()));
      checkText("kind", record.kind());
      checkText("skeleton", record.skeleton());
      String content = record.content();
      if (content != null) {
        checkText("content", content);
      }
      for (Claim claim : record.claims()) {
        check(claim);
        if (!claims.add(claim)) {
          throw new IllegalArgumentException("claim: " + claim + " twice (expected: once)");
        }
      }
    }
    append.releases().forEach(Limits::check);
  }

  private static void check(Claim claim) {
    checkName("claim", bytes("namespace", claim.namespace()) + bytes("key", claim.key()));
  }

  private static void checkName(String what, long bytes) {
    if (bytes > MAX_NAME_BYTES) {
      throw new IllegalArgumentException(
          what + ": " + bytes + " bytes (expected: at most " + MAX_NAME_BYTES + ")");
    }
  }

  /** Looks closely only where a character is unusual: most texts are long and plain. */
  private static void checkText(String what, String text) {
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == 0 || Character.isSurrogate(c)) {
        long unused = bytes(what, text);
        return;
      }
    }
  }

  /** The length in UTF-8; the text must have no U+0000, and be encoded without loss. */
  private static long bytes(String what, String text) {
    long bytes = text.length();
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == 0) {
        throw new IllegalArgumentException(what + ": contains U+0000");
      } else if (Character.isHighSurrogate(c)
          && i + 1 < text.length()
          && Character.isLowSurrogate(text.charAt(i + 1))) {
        i++;
        bytes += 2;
      } else if (Character.isSurrogate(c)) {
        throw new IllegalArgumentException(what + ": contains half a surrogate pair");
      } else if (c >= 0x80) {
        bytes += c < 0x800 ? 1 : 2;
      }
    }
    return bytes;
  }
}
