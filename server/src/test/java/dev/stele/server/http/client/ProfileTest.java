package dev.stele.server.http.client;

import static dev.stele.server.http.TestEdge.await;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.stele.server.http.client.AccountServer.Answer;
import dev.stele.server.projection.StateRow;
import dev.stele.server.record.RoomEvent;
import dev.stele.server.room.CreateRoom;
import dev.stele.server.room.EventDraft;
import dev.stele.server.room.RoomOutcome;
import dev.stele.stateres.event.Pdu;
import dev.stele.stateres.version.RoomVersion;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class ProfileTest {
  private static AccountServer server;
  private static String alice;
  private static String bob;

  @BeforeAll
  static void start() {
    server = new AccountServer("");
    alice = server.register("alice").token();
    bob = server.register("bob").token();
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  @Test
  void profile_fieldsSet_areThereForEverybody() {
    String carol = server.register("carol").token();
    String profile = "/profile/@carol:hs1";
    assertThat(server.get(profile, null).json()).isEmpty();

    server.put(profile + "/displayname", carol, "{\"displayname\": \"Carol \u2603\"}");
    server.put(profile + "/avatar_url", carol, "{\"avatar_url\": \"mxc://hs1/a\"}");
    server.put(profile + "/org.example.job", carol, "{\"org.example.job\": {\"n\": [1]}}");

    assertThat(server.get(profile, null).json())
        .hasToString(
            "{\"avatar_url\":\"mxc://hs1/a\",\"displayname\":\"Carol \u2603\","
                + "\"org.example.job\":{\"n\":[1]}}");
    assertThat(server.get(profile + "/displayname", null).json())
        .hasToString("{\"displayname\":\"Carol \u2603\"}");
  }

  @Test
  void profile_fieldDeleted_isGone() {
    String dave = server.register("dave").token();
    String field = "/profile/@dave:hs1/displayname";
    server.put(field, dave, "{\"displayname\": \"Dave\"}");

    assertThat(server.delete(field, dave).status()).isEqualTo(200);
    assertThat(server.delete(field, dave).status()).isEqualTo(200);

    assertThat(server.get(field, null).error()).isEqualTo("404 M_NOT_FOUND");
  }

  @Test
  void profile_unknownUserOrField_isNotFound() {
    assertThat(server.get("/profile/@nobody:hs1", null).error()).isEqualTo("404 M_NOT_FOUND");
    assertThat(server.get("/profile/@nobody:hs1/displayname", null).error())
        .isEqualTo("404 M_NOT_FOUND");
    assertThat(server.get("/profile/@alice:hs1/m.tz", null).error()).isEqualTo("404 M_NOT_FOUND");
    assertThat(server.get("/profile/alice", null).error()).isEqualTo("400 M_INVALID_PARAM");
  }

  @Test
  void profile_ofAnotherUser_cannotBeChanged() {
    String field = "/profile/@alice:hs1/displayname";

    assertThat(server.put(field, bob, "{\"displayname\": \"Mallory\"}").error())
        .isEqualTo("403 M_FORBIDDEN");
    assertThat(server.delete(field, bob).error()).isEqualTo("403 M_FORBIDDEN");
    assertThat(server.put(field, null, "{}").error()).isEqualTo("401 M_MISSING_TOKEN");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "displayname|{}|400 M_MISSING_PARAM",
        "displayname|{\"displayname\": 1}|400 M_BAD_JSON",
        "displayname|{\"displayname\": null}|400 M_BAD_JSON",
        "displayname|[]|400 M_BAD_JSON",
        "displayname|{|400 M_NOT_JSON",
        "nickname|{\"nickname\": \"x\"}|400 M_INVALID_PARAM"
      })
  void setField_badRequest_isTold(String field, String body, String error) {
    assertThat(server.put("/profile/@alice:hs1/" + field, alice, body).error()).isEqualTo(error);
  }

  @Test
  void setField_tooLarge_isTold() {
    String big = "{\"org.big\": \"" + "x".repeat(65_536) + "\"}";
    String longName = "a." + "b".repeat(254);

    assertThat(server.put("/profile/@alice:hs1/org.big", alice, big).error())
        .isEqualTo("400 M_PROFILE_TOO_LARGE");
    assertThat(server.get("/profile/@alice:hs1/org.big", null).error())
        .isEqualTo("404 M_NOT_FOUND");
    assertThat(
            server
                .put("/profile/@alice:hs1/" + longName, alice, "{\"" + longName + "\": 1}")
                .error())
        .isEqualTo("400 M_KEY_TOO_LARGE");
  }

  @Test
  void setField_displayname_reachesTheRoomsTheUserIsIn() {
    String erin = server.register("erin").token();
    String roomId = createRoom("@erin:hs1");

    Answer answer =
        server.put("/profile/@erin:hs1/displayname", erin, "{\"displayname\": \"Erin\"}");

    assertThat(answer.status()).isEqualTo(200);
    assertThat(member(roomId, "@erin:hs1").content())
        .hasToString("{\"membership\":\"join\",\"displayname\":\"Erin\"}");

    server.delete("/profile/@erin:hs1/displayname", erin);
    assertThat(member(roomId, "@erin:hs1").content()).hasToString("{\"membership\":\"join\"}");
  }

  private static String createRoom(String creator) {
    Pdu create =
        server
            .events
            .create(
                RoomVersion.V12,
                null,
                creator,
                JsonNodeFactory.instance.objectNode().put("room_version", "12"))
            .orThrow();
    EventDraft join =
        EventDraft.state(
            "m.room.member",
            creator,
            creator,
            JsonNodeFactory.instance.objectNode().put("membership", "join"));
    RoomOutcome outcome =
        await(server.shards.submit(new CreateRoom(create, List.of(join), List.of())));
    assertThat(outcome).isInstanceOf(RoomOutcome.Done.class);
    return create.roomId();
  }

  private static Pdu member(String roomId, String userId) {
    StateRow row =
        await(server.rooms.stateAt(roomId, "m.room.member", userId, Long.MAX_VALUE - 1))
            .orElseThrow();
    return ((RoomEvent) await(server.log.readAt(List.of(row.eventPosition()))).get(0).fact()).pdu();
  }
}
