package dev.stele.server.inbox;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Up to where a device has been told what was sent to it: {@code d<position>-<device>}. It says
 * which device that was, because what one was told proves nothing of another.
 *
 * @param position the position in the log of the last message, at least 0
 * @param device tells the device from others
 */
public record InboxToken(long position, String device) {
  /** What a text that may hold a token looks like, in two groups. */
  public static final String FORM = "d([0-9]{1,18})-([0-9a-f]{1,8})";

  private static final Pattern PATTERN = Pattern.compile(FORM);

  /** What tells a device that it has got everything up to a position. */
  public static InboxToken of(String userId, String deviceId, long position) {
    return new InboxToken(position, name(userId, deviceId));
  }

  /** The token that a text stands for, if it is one. */
  public static Optional<InboxToken> parse(String text) {
    Matcher form = PATTERN.matcher(text);
    return form.matches()
        ? Optional.of(new InboxToken(Long.parseLong(form.group(1)), form.group(2)))
        : Optional.empty();
  }

  /** Whether a device was given this. */
  public boolean isOf(String userId, String deviceId) {
    return device.equals(name(userId, deviceId));
  }

  @Override
  public String toString() {
    return "d" + position + "-" + device;
  }

  private static String name(String userId, String deviceId) {
    return Integer.toHexString((userId + '\n' + deviceId).hashCode());
  }
}
