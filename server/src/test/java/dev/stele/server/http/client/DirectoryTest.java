package dev.stele.server.http.client;

import static dev.stele.server.http.client.TestUser.room;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class DirectoryTest extends InRooms {
  @Test
  void alias_isMadeFoundAndTakenAway() {
    String room = alice.createRoom("{'preset':'public_chat'}");
    String path = "/directory/room/%23caf%C3%A9:test";

    alice.put(path, "{'room_id':'" + room + "'}").ok();

    assertThat(bob.get(path).ok().toString())
        .isEqualTo("{\"room_id\":\"" + room + "\",\"servers\":[\"test\"]}");
    assertThat(alice.get(room(room) + "/aliases").ok().path("aliases").path(0).asText())
        .isEqualTo("#café:test");
    assertThat(alice.put(path, "{'room_id':'" + room + "'}").error()).isEqualTo("409 M_UNKNOWN");
    assertThat(bob.delete(path).error()).isEqualTo("403 M_FORBIDDEN");
    alice.delete(path).ok();
    assertThat(alice.delete(path).error()).isEqualTo("404 M_NOT_FOUND");
    assertThat(bob.get(path).error()).isEqualTo("404 M_NOT_FOUND");
    alice.put(path, "{'room_id':'" + room + "'}").ok();
    assertThat(bob.get(path).status()).as("made anew").isEqualTo(200);
  }

  @Test
  void alias_ofAMember_mayBeTakenAwayByTheRoomsModerators() {
    String room = alice.createRoom("{'preset':'public_chat'}");
    bob.join(room).ok();
    bob.put("/directory/room/%23bobs:test", "{'room_id':'" + room + "'}").ok();

    assertThat(alice.delete("/directory/room/%23bobs:test").status()).isEqualTo(200);
  }

  @Test
  void alias_badRequests_areRefused() {
    String room = alice.createRoom("{}");
    String body = "{'room_id':'" + room + "'}";

    assertThat(alice.put("/directory/room/nothing", body).error()).isEqualTo("400 M_INVALID_PARAM");
    assertThat(alice.put("/directory/room/%23x:elsewhere", body).error())
        .isEqualTo("400 M_INVALID_PARAM");
    assertThat(alice.put("/directory/room/%23x:test", "{}").error())
        .isEqualTo("400 M_MISSING_PARAM");
    assertThat(bob.put("/directory/room/%23x:test", body).error()).isEqualTo("403 M_FORBIDDEN");
    assertThat(alice.get("/directory/room/nothing").error()).isEqualTo("400 M_INVALID_PARAM");
    assertThat(alice.get("/directory/room/%23x:elsewhere").error()).isEqualTo("404 M_NOT_FOUND");
    assertThat(bob.get(room(room) + "/aliases").error()).isEqualTo("403 M_FORBIDDEN");
  }

  @Test
  void listing_isChangedByTheRoomsModerators() {
    String room = alice.createRoom("{'preset':'public_chat'}");
    String path = "/directory/list/room/" + TestUser.encode(room);
    bob.join(room).ok();

    assertThat(visibility(path)).isEqualTo("private");
    assertThat(bob.put(path, "{}").error()).isEqualTo("403 M_FORBIDDEN");
    alice.put(path, "{}").ok();
    assertThat(visibility(path)).isEqualTo("public");
    alice.put(path, "{'visibility':'private'}").ok();
    assertThat(visibility(path)).isEqualTo("private");
    assertThat(alice.put(path, "{'visibility':'x'}").error()).isEqualTo("400 M_INVALID_PARAM");
    assertThat(alice.get("/directory/list/room/!nowhere:test").error())
        .isEqualTo("404 M_NOT_FOUND");
    assertThat(alice.put("/directory/list/room/!nowhere:test", "{}").error())
        .isEqualTo("404 M_NOT_FOUND");
  }

  private String visibility(String path) {
    return bob.get(path).ok().path("visibility").asText();
  }
}
