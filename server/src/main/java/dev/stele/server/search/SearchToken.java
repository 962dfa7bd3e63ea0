package dev.stele.server.search;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Where the next page of a search begins. Written {@code <position>_<skipped>_<seen>}, and behind
 * that, for a page of one group, {@code _<kind><its key>}.
 *
 * @param upTo the last position that counts
 * @param skipped how many of the results up to there were shown already
 * @param seen how many results were shown or passed before that position
 * @param group the group to go on in; null for all
 */
public record SearchToken(long upTo, int skipped, int seen, @Nullable Group group) {
  private static final Pattern SYNTAX =
      Pattern.compile(
          "([0-9]{1,18})_([0-9]{1,6})_([0-9]{1,9})(?:_([rs])(.{1,255}))?", Pattern.DOTALL);

  /** Begins with the newest. */
  static final SearchToken START = new SearchToken(999_999_999_999_999_999L, 0, 0, null);

  /**
   * The results of one room or one sender.
   *
   * @param kind what they have in common
   * @param key the room or the sender
   */
  public record Group(GroupKind kind, String key) {}

  /** The token that a text stands for; nothing if it is none. */
  public static Optional<SearchToken> parse(String text) {
    Matcher matcher = SYNTAX.matcher(text);
    if (!matcher.matches()) {
      return Optional.empty();
    }
    String key = matcher.group(5);
    GroupKind kind = "r".equals(matcher.group(4)) ? GroupKind.ROOM_ID : GroupKind.SENDER;
    if (key != null && key.indexOf('\0') >= 0) {
      return Optional.empty();
    }
    return Optional.of(
        new SearchToken(
            Long.parseLong(matcher.group(1)),
            Integer.parseInt(matcher.group(2)),
            Integer.parseInt(matcher.group(3)),
            key == null ? null : new Group(kind, key)));
  }

  @Override
  public String toString() {
    String place = upTo + "_" + skipped + "_" + seen;
    return group == null
        ? place
        : place + (group.kind() == GroupKind.ROOM_ID ? "_r" : "_s") + group.key();
  }
}
