package dev.stele.server.http.client;

import dev.stele.server.projection.PublicRooms.Place;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Where a page of the room directory begins: behind a room, or before it. Says all by itself, so
 * that it does not expire.
 *
 * @param place the place of that room
 * @param backwards whether the page ends before the room rather than begins behind it
 */
record PublicRoomsToken(Place place, boolean backwards) {
  private static final Pattern FORMAT = Pattern.compile("([np])(\\d{1,18}) (!.{1,255})");

  /**
   * Reads a token.
   *
   * @throws dev.stele.server.http.BadRequest {@code M_INVALID_PARAM} if it is none of ours
   */
  static PublicRoomsToken parse(String text) {
    try {
      String plain = new String(Base64.getUrlDecoder().decode(text), StandardCharsets.UTF_8);
      Matcher parts = FORMAT.matcher(plain);
      if (parts.matches() && plain.indexOf('\0') < 0) {
        Place place = new Place(Long.parseLong(parts.group(2)), parts.group(3));
        return new PublicRoomsToken(place, parts.group(1).equals("p"));
      }
    } catch (IllegalArgumentException e) {
      throw Identifiers.invalid("since is no token of the room directory");
    }
    throw Identifiers.invalid("since is no token of the room directory");
  }

  @Override
  public String toString() {
    String plain = (backwards ? "p" : "n") + place.joined() + " " + place.roomId();
    return Base64.getUrlEncoder()
        .withoutPadding()
        .encodeToString(plain.getBytes(StandardCharsets.UTF_8));
  }
}
