package dev.stele.server.http.client;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stele.server.testing.TestServer.Client;
import org.junit.jupiter.api.Test;

final class ReportTest extends AmongThree {
  @Test
  void reportEvent_isForThoseInTheRoom() {
    String room = createRoom("{'preset':'public_chat'}");
    String event = say(room);
    String path = in(room) + "/report/" + Client.encode(event);

    assertThat(bob.post(path, "{'reason':'rude'}").error()).isEqualTo("404 M_NOT_FOUND");
    bob.post(in(room) + "/join", "{}").ok();
    assertThat(bob.post(path, "{'reason':'rude','score':-100}").status()).isEqualTo(200);
    assertThat(bob.post(path, "{}").status()).as("without a reason").isEqualTo(200);
    bob.post(in(room) + "/leave", "{}").ok();
    assertThat(bob.post(path, "{}").error()).as("who has left").isEqualTo("404 M_NOT_FOUND");
    alice.post(in(room) + "/ban", "{'user_id':'@bob:test'}").ok();
    assertThat(bob.post(path, "{}").error()).as("who is banned").isEqualTo("404 M_NOT_FOUND");
    alice.post(in(room) + "/invite", "{'user_id':'@carol:test'}").ok();
    assertThat(carol.post(path, "{}").error()).as("who is invited").isEqualTo("404 M_NOT_FOUND");
  }

  @Test
  void reportEvent_ofAnotherRoomOrUnseen_isNotFound() {
    String room = createRoom("{'preset':'public_chat'}");
    String other = say(createRoom("{}"));

    assertThat(alice.post(in(room) + "/report/" + Client.encode(other), "{}").error())
        .isEqualTo("404 M_NOT_FOUND");
    for (String nothing : new String[] {"%24nothing", "nothing", "%24" + "a".repeat(43)}) {
      assertThat(alice.post(in(room) + "/report/" + nothing, "{}").error())
          .isEqualTo("404 M_NOT_FOUND");
    }
    alice
        .put(in(room) + "/state/m.room.history_visibility/", "{'history_visibility':'joined'}")
        .ok();
    String early = say(room);
    bob.post(in(room) + "/join", "{}").ok();
    assertThat(bob.post(in(room) + "/report/" + Client.encode(early), "{}").error())
        .as("from before the user came")
        .isEqualTo("404 M_NOT_FOUND");
  }

  @Test
  void reportRoom_isForAnybody() {
    String room = createRoom("{}");

    assertThat(carol.post(in(room) + "/report", "{'reason':''}").status()).isEqualTo(200);
    assertThat(carol.post("/rooms/!nowhere:test/report", "{'reason':'x'}").error())
        .isEqualTo("404 M_NOT_FOUND");
    assertThat(carol.post("/rooms/nowhere/report", "{'reason':'x'}").error())
        .isEqualTo("400 M_INVALID_PARAM");
  }

  @Test
  void reportUser_isForAnybody() {
    assertThat(carol.post("/users/@alice:test/report", "{'reason':'spam'}").status())
        .isEqualTo(200);
    assertThat(carol.post("/users/@nobody:test/report", "{'reason':'spam'}").error())
        .isEqualTo("404 M_NOT_FOUND");
    assertThat(carol.post("/users/nobody/report", "{'reason':'spam'}").error())
        .isEqualTo("400 M_INVALID_PARAM");
  }

  @Test
  void report_badBodies_areRefused() {
    String room = createRoom("{}");
    String event = in(room) + "/report/" + Client.encode(say(room));
    String tooLong = "{'reason':'" + "x".repeat(10_001) + "'}";

    assertThat(alice.post(in(room) + "/report", "{}").error()).isEqualTo("400 M_MISSING_PARAM");
    assertThat(alice.post(in(room) + "/report", "{'reason':1}").error())
        .isEqualTo("400 M_BAD_JSON");
    assertThat(alice.post("/users/@bob:test/report", "{}").error())
        .isEqualTo("400 M_MISSING_PARAM");
    assertThat(alice.post(event, "{'reason':[]}").error()).isEqualTo("400 M_BAD_JSON");
    assertThat(alice.post(event, "[]").error()).isEqualTo("400 M_BAD_JSON");
    assertThat(alice.post(event, tooLong).error()).isEqualTo("413 M_TOO_LARGE");
    assertThat(server.anonymous().post(event, "{}").error()).isEqualTo("401 M_MISSING_TOKEN");
  }

  private String createRoom(String json) {
    return alice.post("/createRoom", json).ok().path("room_id").asText();
  }

  private String say(String room) {
    return alice
        .put(in(room) + "/send/m.room.message/" + System.nanoTime(), "{'body':'x'}")
        .ok()
        .path("event_id")
        .asText();
  }

  private static String in(String room) {
    return "/rooms/" + Client.encode(room);
  }
}
