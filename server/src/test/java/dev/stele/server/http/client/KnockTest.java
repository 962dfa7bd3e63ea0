package dev.stele.server.http.client;

import static dev.stele.server.http.client.TestUser.room;
import static org.assertj.core.api.Assertions.assertThat;

import dev.stele.server.http.client.TestUser.Answer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class KnockTest extends InRooms {
  @Test
  void knock_byIdAndByAlias_asksWithAReason() {
    String room = knockable("'room_alias_name':'door'");

    Answer byAlias = bob.post("/knock/%23door:test?via=elsewhere", "{'reason':'Hello?'}");

    assertThat(byAlias.ok().path("room_id").asText()).isEqualTo(room);
    assertThat(knock(carol, room).ok().path("room_id").asText()).isEqualTo(room);
    var member = alice.get(room(room) + "/state/m.room.member/@bob:test").ok();
    assertThat(member.path("membership").asText()).isEqualTo("knock");
    assertThat(member.path("reason").asText()).isEqualTo("Hello?");
    assertThat(member.path("displayname").asText()).isEqualTo("bob");
  }

  @Test
  void knock_again_changesNothing() {
    String room = knockable("");
    knock(bob, room).ok();
    long before = server.position();

    assertThat(knock(bob, room).status()).isEqualTo(200);
    assertThat(server.position()).isEqualTo(before);
  }

  @Test
  void knock_accepted_letsIn() {
    String room = knockable("");
    knock(bob, room).ok();

    assertThat(bob.join(room).error()).isEqualTo("403 M_FORBIDDEN");
    assertThat(bob.sendText(room, "still outside").error()).isEqualTo("403 M_FORBIDDEN");
    assertThat(carol.change(room, "invite", bob).error()).isEqualTo("403 M_FORBIDDEN");
    alice.change(room, "invite", bob).ok();
    assertThat(bob.join(room).status()).isEqualTo(200);
  }

  @Test
  void knock_rejected_orRescinded_orBanned() {
    String room = knockable("");
    knock(bob, room).ok();
    assertThat(alice.change(room, "kick", bob).status()).isEqualTo(200);
    assertThat(knock(bob, room).status()).as("a kick is no ban").isEqualTo(200);
    assertThat(bob.leave(room).status()).isEqualTo(200);
    assertThat(bob.leave(room).error()).isEqualTo("403 M_FORBIDDEN");
    assertThat(knock(bob, room).status()).isEqualTo(200);
    assertThat(alice.change(room, "ban", bob).status()).isEqualTo(200);
    assertThat(knock(bob, room).error()).isEqualTo("403 M_FORBIDDEN");
  }

  @Test
  void knock_ofMembersAndInvited_isRefused() {
    String room = knockable("'invite':['@bob:test']");

    assertThat(knock(bob, room).error()).as("invited").isEqualTo("403 M_FORBIDDEN");
    assertThat(knock(alice, room).error()).as("joined").isEqualTo("403 M_FORBIDDEN");
  }

  @ParameterizedTest
  @CsvSource({"public,11", "invite,11", "restricted,11", "knock_restricted,9", "knock,6"})
  void knock_whereNobodyKnocks_isForbidden(String rule, String version) {
    String room = alice.createRoom("{'room_version':'" + version + "'," + rule(rule) + "}");

    assertThat(knock(bob, room).error()).isEqualTo("403 M_FORBIDDEN");
  }

  @Test
  void knock_unknownOrMalformed_isRefused() {
    assertThat(bob.post("/knock/!nowhere:test", "{}").error()).isEqualTo("404 M_NOT_FOUND");
    assertThat(bob.post("/knock/!nowhere:elsewhere?via=elsewhere", "{}").error())
        .isEqualTo("404 M_NOT_FOUND");
    assertThat(bob.post("/knock/%23nowhere:test", "{}").error()).isEqualTo("404 M_NOT_FOUND");
    assertThat(bob.post("/knock/%23nowhere:elsewhere", "{}").error()).isEqualTo("404 M_NOT_FOUND");
    assertThat(bob.post("/knock/nowhere", "{}").error()).isEqualTo("400 M_INVALID_PARAM");
    assertThat(bob.post("/knock/!a:test", "{'reason':1}").error()).isEqualTo("400 M_BAD_JSON");
    assertThat(bob.post("/knock/!a:test", "[]").error()).isEqualTo("400 M_BAD_JSON");
  }

  @Test
  void knockRestricted_isOpenToMembersAndToKnocks() {
    String club = alice.createRoom("{'preset':'public_chat'}");
    String room =
        alice.createRoom(
            "{'initial_state':[{'type':'m.room.join_rules','content':{"
                + "'join_rule':'knock_restricted','allow':[{'type':'m.room_membership',"
                + "'room_id':'"
                + club
                + "'}]}}]}");

    assertThat(bob.join(room).error()).isEqualTo("403 M_FORBIDDEN");
    assertThat(knock(bob, room).status()).isEqualTo(200);
    bob.join(club).ok();
    assertThat(bob.join(room).status()).as("while knocking").isEqualTo(200);
  }

  @Test
  void knock_throughState_isTheSame() {
    String room = knockable("");
    String member = "m.room.member/@bob:test";

    assertThat(bob.setState(room, member, "{'membership':'knock'}").status()).isEqualTo(200);
    assertThat(carol.setState(room, member, "{'membership':'knock'}").error())
        .as("nobody knocks for others")
        .isEqualTo("403 M_FORBIDDEN");
    assertThat(bob.setState(room, member, "{'membership':'leave'}").status()).isEqualTo(200);
  }

  private String knockable(String more) {
    return alice.createRoom("{" + rule("knock") + (more.isEmpty() ? "" : "," + more) + "}");
  }

  private static String rule(String rule) {
    return "'initial_state':[{'type':'m.room.join_rules','content':{'join_rule':'" + rule + "'}}]";
  }

  private static Answer knock(TestUser who, String room) {
    return who.post("/knock/" + TestUser.encode(room), "{}");
  }
}
