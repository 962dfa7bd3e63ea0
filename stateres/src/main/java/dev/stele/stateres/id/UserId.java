package dev.stele.stateres.id;

import java.util.Optional;

/**
 * A user, as {@code @localpart:server}.
 *
 * @param value the whole identifier, at most 255 bytes of UTF-8
 * @param localpart what stands between the sigil and the first colon; may be empty in historical
 *     ids
 * @param serverName the server that allocated the user
 * @see <a href="https://spec.matrix.org/v1.19/appendices/#user-identifiers">User Identifiers</a>
 */
public record UserId(String value, String localpart, String serverName)
    implements Comparable<UserId> {

  /** The user that {@code text} names by the historical rules, which every event must meet. */
  public static Optional<UserId> parse(String text) {
    int colon = Grammar.colonOf(text, '@');
    return colon < 0
        ? Optional.empty()
        : Optional.of(new UserId(text, text.substring(1, colon), text.substring(colon + 1)));
  }

  /** The user that {@code text} names by the rules for new users of our own. */
  public static Optional<UserId> parseStrict(String text) {
    return parse(text).filter(id -> isStrictLocalpart(id.localpart));
  }

  /** Whether {@link #parse} would accept {@code text}, without making anything. */
  public static boolean isValid(String text) {
    return Grammar.colonOf(text, '@') > 0;
  }

  /** Whether a new user may have this localpart: not empty, and of {@code a-z0-9._=-/+} only. */
  public static boolean isStrictLocalpart(String localpart) {
    for (int i = 0; i < localpart.length(); i++) {
      if (!isStrictChar(localpart.charAt(i))) {
        return false;
      }
    }
    return !localpart.isEmpty();
  }

  private static boolean isStrictChar(char c) {
    return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || "._=-/+".indexOf(c) >= 0;
  }

  /** The part behind the first colon of an identifier known to have one. */
  public static String serverNameOf(String id) {
    return id.substring(id.indexOf(':') + 1);
  }

  @Override
  public int compareTo(UserId other) {
    return value.compareTo(other.value);
  }

  @Override
  public String toString() {
    return value;
  }
}
