package dev.stele.stateres.id;

import java.util.Optional;

/**
 * A room alias, as {@code #localpart:server}.
 *
 * @param value the whole identifier, at most 255 bytes of UTF-8
 * @param localpart what stands between the sigil and the first colon
 * @param serverName the server that knows where the alias leads
 * @see <a href="https://spec.matrix.org/v1.19/appendices/#room-aliases">Room Aliases</a>
 */
public record RoomAlias(String value, String localpart, String serverName)
    implements Comparable<RoomAlias> {

  /** The alias that {@code text} spells, if it spells one. */
  public static Optional<RoomAlias> parse(String text) {
    int colon = Grammar.colonOf(text, '#');
    return colon < 0
        ? Optional.empty()
        : Optional.of(new RoomAlias(text, text.substring(1, colon), text.substring(colon + 1)));
  }

  @Override
  public int compareTo(RoomAlias other) {
    return value.compareTo(other.value);
  }

  @Override
  public String toString() {
    return value;
  }
}
