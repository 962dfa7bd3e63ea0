package dev.stele.server.http.client;

import dev.stele.api.ErrorCode;
import dev.stele.api.Limits;
import dev.stele.server.http.BadRequest;
import dev.stele.server.http.Exchange;
import dev.stele.stateres.id.RoomAlias;
import dev.stele.stateres.id.RoomId;
import dev.stele.stateres.id.UserId;
import java.nio.charset.StandardCharsets;

/** Identifiers in requests, checked. */
final class Identifiers {
  private Identifiers() {}

  /** The room that the path names. */
  static String room(Exchange exchange) {
    return room(exchange.path("roomId"));
  }

  static String room(String text) {
    return RoomId.parse(text)
        .map(RoomId::value)
        .orElseThrow(() -> invalid("This is no room id: " + shown(text)));
  }

  /** What may name an event: no room need have one whose id looks like this. */
  static String event(String text) {
    boolean plausible =
        text.startsWith("$")
            && text.indexOf('\0') < 0
            && text.getBytes(StandardCharsets.UTF_8).length <= Limits.MAX_ID_BYTES;
    if (!plausible) {
      throw invalid("This is no event id: " + shown(text));
    }
    return text;
  }

  static UserId user(String text) {
    return UserId.parse(text).orElseThrow(() -> invalid("This is no user id: " + shown(text)));
  }

  static RoomAlias alias(String text) {
    return RoomAlias.parse(text)
        .orElseThrow(() -> invalid("This is no room alias: " + shown(text)));
  }

  /** Free text, such as an event type, that is to be kept as a key. */
  static String key(String name, String text) {
    if (text.indexOf('\0') >= 0) {
      throw invalid(name + " has a NUL character");
    }
    return text;
  }

  /** A transaction id: what the client likes, within bounds. */
  static String transaction(Exchange exchange) {
    String id = key("The transaction id", exchange.path("txnId"));
    if (id.getBytes(StandardCharsets.UTF_8).length > Limits.MAX_ID_BYTES) {
      throw invalid("The transaction id is longer than " + Limits.MAX_ID_BYTES + " bytes");
    }
    return id;
  }

  static BadRequest invalid(String message) {
    return new BadRequest(ErrorCode.INVALID_PARAM, message);
  }

  private static String shown(String text) {
    return text.length() <= Limits.MAX_ID_BYTES ? text : text.substring(0, 50) + "…";
  }
}
