package dev.stele.stateres.id;

import java.util.Optional;

/**
 * The name of a homeserver: a DNS name, an IPv4 literal or a bracketed IPv6 literal, with an
 * optional port. Names are compared case-sensitively.
 *
 * @param value the name as written, at most 255 characters
 * @see <a href="https://spec.matrix.org/v1.19/appendices/#server-name">Server Name</a>
 */
public record ServerName(String value) implements Comparable<ServerName> {
  private static final int MAX_PORT_DIGITS = 5;

  /** Guards the grammar. */
  public ServerName {
    if (!isValid(value, 0)) {
      throw new IllegalArgumentException("value: " + value + " (expected: a server name)");
    }
  }

  /** The server name that {@code text} spells, if it spells one. */
  public static Optional<ServerName> parse(String text) {
    return isValid(text, 0) ? Optional.of(new ServerName(text)) : Optional.empty();
  }

  /** The host without its port; an IPv6 literal keeps its brackets. */
  public String host() {
    int end = hostEnd(value, 0);
    return value.substring(0, end);
  }

  /** The port, or -1 when the name has none. */
  public int port() {
    int end = hostEnd(value, 0);
    return end == value.length() ? -1 : Integer.parseInt(value.substring(end + 1));
  }

  @Override
  public int compareTo(ServerName other) {
    return value.compareTo(other.value);
  }

  @Override
  public String toString() {
    return value;
  }

  static boolean isValid(String text, int from) {
    int length = text.length() - from;
    if (length < 1 || length > Grammar.MAX_BYTES) {
      return false;
    }
    int end = hostEnd(text, from);
    return end > from && (end == text.length() || isPort(text, end));
  }

  /** The index behind the host, or -1 when there is no valid host at {@code from}. */
  private static int hostEnd(String text, int from) {
    return text.charAt(from) == '[' ? ipv6End(text, from) : dnsEnd(text, from);
  }

  private static int dnsEnd(String text, int from) {
    int i = from;
    while (i < text.length() && isDnsChar(text.charAt(i))) {
      i++;
    }
    return i;
  }

  private static int ipv6End(String text, int from) {
    int i = from + 1;
    while (i < text.length() && isIpv6Char(text.charAt(i))) {
      i++;
    }
    int digits = i - from - 1;
    boolean closed = i < text.length() && text.charAt(i) == ']';
    return closed && digits >= 2 && digits <= 45 ? i + 1 : -1;
  }

  private static boolean isPort(String text, int colon) {
    int digits = text.length() - colon - 1;
    if (text.charAt(colon) != ':' || digits < 1 || digits > MAX_PORT_DIGITS) {
      return false;
    }
    for (int i = colon + 1; i < text.length(); i++) {
      if (!isDigit(text.charAt(i))) {
        return false;
      }
    }
    return true;
  }

  private static boolean isDnsChar(char c) {
    return isDigit(c) || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '-' || c == '.';
  }

  private static boolean isIpv6Char(char c) {
    return isDigit(c) || (c >= 'a' && c <= 'f') || (c >= 'A' && c <= 'F') || c == ':' || c == '.';
  }

  private static boolean isDigit(char c) {
    return c >= '0' && c <= '9';
  }
}
