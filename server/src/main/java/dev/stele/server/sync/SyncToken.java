package dev.stele.server.sync;

import dev.stele.server.inbox.InboxToken;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * How far a client has followed: {@code s<position>_<ephemeral>_<inbox>}.
 *
 * @param position the last position of the log that the client knows of, at least 0
 * @param ephemeral the count of things that are not in the log, such as typing, at least 0
 * @param inbox up to where the client has been told what was sent to its device; null if the token
 *     does not say
 */
public record SyncToken(long position, long ephemeral, @Nullable InboxToken inbox) {
  private static final Pattern FORM =
      Pattern.compile("s([0-9]{1,18})_([0-9]{1,18})(?:_" + InboxToken.FORM + ")?");

  /** A token that says nothing of an inbox. */
  public SyncToken(long position, long ephemeral) {
    this(position, ephemeral, null);
  }

  /** The token that a text stands for, if it is one. */
  public static Optional<SyncToken> parse(String text) {
    Matcher form = FORM.matcher(text);
    return form.matches()
        ? Optional.of(
            new SyncToken(
                Long.parseLong(form.group(1)),
                Long.parseLong(form.group(2)),
                form.group(3) == null
                    ? null
                    : new InboxToken(Long.parseLong(form.group(3)), form.group(4))))
        : Optional.empty();
  }

  @Override
  public String toString() {
    return "s" + position + "_" + ephemeral + (inbox == null ? "" : "_" + inbox);
  }
}
