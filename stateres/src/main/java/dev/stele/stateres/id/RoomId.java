package dev.stele.stateres.id;

import java.util.Optional;

/**
 * A room: {@code !opaque:server} up to room version 11, {@code !hash-of-the-create-event} from room
 * version 12 on.
 *
 * @param value the whole identifier, at most 255 bytes of UTF-8
 * @see <a href="https://spec.matrix.org/v1.19/appendices/#room-ids">Room IDs</a>
 */
public record RoomId(String value) implements Comparable<RoomId> {

  /** The room that {@code text} names in either form. */
  public static Optional<RoomId> parse(String text) {
    return hasDomain(text) || EventId.isHash(text, '!')
        ? Optional.of(new RoomId(text))
        : Optional.empty();
  }

  /** Whether {@code text} is a room id of the form {@code !opaque:server}. */
  public static boolean hasDomain(String text) {
    return Grammar.colonOf(text, '!') > 0;
  }

  /** Whether {@code text} is a room id of the form of room version 12: a hash, no domain. */
  public static boolean isHash(String text) {
    return EventId.isHash(text, '!');
  }

  /** The opaque part: between sigil and colon, or all behind the sigil when there is no domain. */
  public String localpart() {
    int colon = value.indexOf(':');
    return colon < 0 ? value.substring(1) : value.substring(1, colon);
  }

  /** The server that made the room, where the room version puts it in the id. */
  public Optional<String> serverName() {
    int colon = value.indexOf(':');
    return colon < 0 ? Optional.empty() : Optional.of(value.substring(colon + 1));
  }

  @Override
  public int compareTo(RoomId other) {
    return value.compareTo(other.value);
  }

  @Override
  public String toString() {
    return value;
  }
}
