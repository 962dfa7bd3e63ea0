package dev.stele.server.sync;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * How far a client has followed: {@code s<position>_<ephemeral>}.
 *
 * @param position the last position of the log that the client knows of, at least 0
 * @param ephemeral the count of things that are not in the log, such as typing, at least 0
 */
public record SyncToken(long position, long ephemeral) {
  private static final Pattern FORM = Pattern.compile("s([0-9]{1,18})_([0-9]{1,18})");

  /** The token that a text stands for, if it is one. */
  public static Optional<SyncToken> parse(String text) {
    Matcher form = FORM.matcher(text);
    return form.matches()
        ? Optional.of(new SyncToken(Long.parseLong(form.group(1)), Long.parseLong(form.group(2))))
        : Optional.empty();
  }

  @Override
  public String toString() {
    return "s" + position + "_" + ephemeral;
  }
}
