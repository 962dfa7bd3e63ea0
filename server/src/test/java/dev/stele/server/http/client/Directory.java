package dev.stele.server.http.client;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import dev.stele.server.testing.TestServer.Answer;
import dev.stele.server.testing.TestServer.Client;

/** What tests of the directory do over and over. */
final class Directory {
  private static int transactions;

  private Directory() {}

  @CanIgnoreReturnValue
  static String createRoom(Client user, String json) {
    return user.post("/createRoom", json).ok().path("room_id").asText();
  }

  static String path(String roomId) {
    return "/rooms/" + Client.encode(roomId);
  }

  static Answer join(Client user, String roomId) {
    return user.post(path(roomId) + "/join", "{}");
  }

  static Answer change(Client user, String roomId, String action, Client target) {
    return user.post(path(roomId) + "/" + action, "{'user_id':'" + target.userId() + "'}");
  }

  /** Sets state that must be accepted, and returns the event's id. */
  @CanIgnoreReturnValue
  static String setState(Client user, String roomId, String typeAndKey, String json) {
    return user.put(path(roomId) + "/state/" + typeAndKey, json).ok().path("event_id").asText();
  }

  static void redact(Client user, String roomId, String eventId) {
    String target = "/redact/" + Client.encode(eventId) + "/" + transactions++;
    user.put(path(roomId) + target, "{}").ok();
  }

  static void name(Client user, String displayName) {
    user.put("/profile/" + user.userId() + "/displayname", "{'displayname':'" + displayName + "'}")
        .ok();
  }
}
