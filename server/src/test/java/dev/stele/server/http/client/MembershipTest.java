package dev.stele.server.http.client;

import static dev.stele.server.http.client.TestUser.room;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.stele.server.http.client.TestUser.Answer;
import java.util.List;
import org.junit.jupiter.api.Test;

class MembershipTest extends InRooms {
  @Test
  void join_byIdAndByAlias_works() {
    String room = alice.createRoom("{'preset':'public_chat','room_alias_name':'joinable'}");

    assertThat(bob.post("/join/%23joinable:test?via=elsewhere", "{}").ok().path("room_id").asText())
        .isEqualTo(room);
    assertThat(carol.post("/join/" + TestUser.encode(room), "").ok().path("room_id").asText())
        .isEqualTo(room);
    assertThat(bob.get("/joined_rooms").ok().path("joined_rooms").toString()).contains(room);
  }

  @Test
  void join_twice_changesNothing() {
    String room = alice.createRoom("{'preset':'public_chat'}");
    bob.join(room).ok();
    long before = server.position();

    assertThat(bob.join(room).status()).isEqualTo(200);
    assertThat(server.position()).isEqualTo(before);
  }

  @Test
  void join_inviteOnly_needsAnInvite() {
    String room = alice.createRoom("{}");

    assertThat(bob.join(room).error()).isEqualTo("403 M_FORBIDDEN");
    alice.change(room, "invite", bob).ok();
    assertThat(bob.join(room).status()).isEqualTo(200);
  }

  @Test
  void join_unknownOrMalformed_isRefused() {
    assertThat(bob.post("/join/!nowhere:test", "{}").error()).isEqualTo("404 M_NOT_FOUND");
    assertThat(bob.join("!nowhere:test").error()).isEqualTo("404 M_NOT_FOUND");
    assertThat(bob.post("/join/%23nowhere:test", "{}").error()).isEqualTo("404 M_NOT_FOUND");
    assertThat(bob.post("/join/nowhere", "{}").error()).isEqualTo("400 M_INVALID_PARAM");
    assertThat(bob.post("/join/%23nowhere", "{}").error()).isEqualTo("400 M_INVALID_PARAM");
  }

  @Test
  void join_restricted_isForMembersOfTheOtherRoom() {
    String club = alice.createRoom("{'preset':'public_chat'}");
    String room =
        alice.createRoom(
            "{'initial_state':[{'type':'m.room.join_rules','content':{'join_rule':'restricted',"
                + "'allow':[{'type':'m.room_membership','room_id':'"
                + club
                + "'}]}}]}");

    assertThat(bob.join(room).error()).isEqualTo("403 M_FORBIDDEN");
    assertThat(
            bob.setState(
                    room,
                    "m.room.member/@bob:test",
                    "{'membership':'join','join_authorised_via_users_server':'@alice:test'}")
                .error())
        .as("nobody vouches for themselves")
        .isEqualTo("403 M_FORBIDDEN");
    bob.join(club).ok();
    assertThat(bob.join(room).status()).isEqualTo(200);
  }

  @Test
  void join_restricted_withoutAnybodyWhoMayLetIn_isForbidden() {
    String club = alice.createRoom("{'preset':'public_chat'}");
    bob.join(club).ok();
    String room = restricted(club, "'power_level_content_override':{'invite':50}");
    alice.change(room, "invite", carol).ok();
    carol.join(room).ok();
    alice.leave(room).ok();

    assertThat(bob.join(room).error()).isEqualTo("403 M_FORBIDDEN");
  }

  @Test
  void join_restricted_isVouchedForByWhoeverMayInvite() {
    String club = alice.createRoom("{'preset':'public_chat'}");
    bob.join(club).ok();
    String room =
        restricted(
            club,
            "'power_level_content_override':{'invite':50,"
                + "'users':{'@alice:test':100,'@carol:test':50}}");
    alice.change(room, "invite", carol).ok();
    carol.join(room).ok();
    alice.leave(room).ok();

    bob.join(room).ok();

    JsonNode member = carol.get(room(room) + "/state/m.room.member/@bob:test").ok();
    assertThat(member.path("join_authorised_via_users_server").asText()).isEqualTo("@carol:test");
  }

  private String restricted(String club, String more) {
    return alice.createRoom(
        "{'initial_state':[{'type':'m.room.join_rules','content':{'join_rule':'restricted',"
            + "'allow':[{'type':'m.room_membership','room_id':'"
            + club
            + "'}]}}],"
            + more
            + "}");
  }

  @Test
  void invite_again_changesNothing() {
    String room = alice.createRoom("{}");
    alice.change(room, "invite", bob).ok();
    long before = server.position();

    assertThat(alice.change(room, "invite", bob).status()).isEqualTo(200);
    assertThat(server.position()).isEqualTo(before);
    alice.post(room(room) + "/invite", "{'user_id':'@bob:test','reason':'Really'}").ok();
    assertThat(server.position()).as("with something new to say").isGreaterThan(before);
  }

  @Test
  void outsiders_learnNothingOfMemberships() {
    String room = alice.createRoom("{}");
    alice.change(room, "ban", carol).ok();

    for (String action : List.of("kick", "unban", "ban", "invite")) {
      String banned = bob.change(room, action, carol).json().path("error").asText();
      String member = bob.change(room, action, alice).json().path("error").asText();
      assertThat(banned).isEqualTo(member).isNotEmpty();
    }
    assertThat(bob.change(room, "unban", carol).error()).isEqualTo("403 M_FORBIDDEN");
  }

  @Test
  void forget_thenInvitedAgain_isNewAgain() {
    String room = alice.createRoom("{'invite':['@bob:test']}");
    bob.join(room).ok();
    alice.say(room, "early");
    bob.leave(room).ok();
    bob.post(room(room) + "/forget", "{}").ok();

    alice.change(room, "invite", bob).ok();
    assertThat(bob.post(room(room) + "/forget", "{}").error()).isEqualTo("400 M_UNKNOWN");
    bob.join(room).ok();

    assertThat(bob.reads(room)).containsExactly("early");
    assertThat(bob.post(room(room) + "/forget", "{}").error()).isEqualTo("400 M_UNKNOWN");
  }

  @Test
  void invite_oneself_isForbidden() {
    String room = alice.createRoom("{}");

    assertThat(alice.change(room, "invite", alice).error()).isEqualTo("403 M_FORBIDDEN");
    assertThat(bob.change(room, "invite", bob).error()).isEqualTo("403 M_FORBIDDEN");
  }

  @Test
  void kick_unknownRoom_isForbidden() {
    for (String action : List.of("invite", "kick", "ban", "unban")) {
      assertThat(alice.change("!nowhere:test", action, bob).error()).isEqualTo("403 M_FORBIDDEN");
    }
    assertThat(alice.leave("!nowhere:test").error()).isEqualTo("403 M_FORBIDDEN");
  }

  @Test
  void memberState_isDirect_isKept() {
    String room = alice.createRoom("{}");
    alice
        .setState(room, "m.room.member/@bob:test", "{'membership':'invite','is_direct':true}")
        .ok();

    assertThat(alice.get(room(room) + "/state/m.room.member/@bob:test").ok().toString())
        .contains("\"is_direct\":true", "\"displayname\":\"bob\"");
  }

  @Test
  void invite_permissions() {
    String room = alice.createRoom("{'power_level_content_override':{'invite':50}}");

    assertThat(bob.change(room, "invite", carol).error()).isEqualTo("403 M_FORBIDDEN");
    alice.change(room, "invite", bob).ok();
    assertThat(alice.change(room, "invite", bob).status()).as("again").isEqualTo(200);
    bob.join(room).ok();
    assertThat(bob.change(room, "invite", carol).error()).isEqualTo("403 M_FORBIDDEN");
    assertThat(alice.change(room, "invite", bob).error())
        .as("somebody who is there")
        .isEqualTo("403 M_FORBIDDEN");
  }

  @Test
  void invite_badBodies_areRefused() {
    String invite = room(alice.createRoom("{}")) + "/invite";

    assertThat(alice.post(invite, "{}").error()).isEqualTo("400 M_MISSING_PARAM");
    assertThat(alice.post(invite, "{'user_id':1}").error()).isEqualTo("400 M_BAD_JSON");
    assertThat(alice.post(invite, "{'user_id':'bob'}").error()).isEqualTo("400 M_INVALID_PARAM");
    assertThat(alice.post(invite, "{'user_id':'@b:test','reason':1}").error())
        .isEqualTo("400 M_BAD_JSON");
    assertThat(alice.post(invite, "{'user_id':'@bob:elsewhere'}").error())
        .isEqualTo("403 M_FORBIDDEN");
    assertThat(alice.post(invite, "{'medium':'email','address':'b@x','id_server':'y'}").error())
        .isEqualTo("400 M_MISSING_PARAM");
  }

  @Test
  void leave_rejectsAnInviteAndEndsAMembership() {
    String room = alice.createRoom("{'invite':['@bob:test','@carol:test']}");

    assertThat(bob.leave(room).status()).isEqualTo(200);
    assertThat(bob.join(room).error()).isEqualTo("403 M_FORBIDDEN");
    assertThat(bob.leave(room).error()).isEqualTo("403 M_FORBIDDEN");
    carol.join(room).ok();
    assertThat(carol.leave(room).status()).isEqualTo(200);
    assertThat(carol.sendText(room, "still here").error()).isEqualTo("403 M_FORBIDDEN");
  }

  @Test
  void kick_ban_unban_followPowerAndMembership() {
    String room = alice.createRoom("{'preset':'public_chat'}");
    bob.join(room).ok();
    carol.join(room).ok();

    assertThat(bob.change(room, "kick", carol).error()).isEqualTo("403 M_FORBIDDEN");
    assertThat(bob.change(room, "ban", carol).error()).isEqualTo("403 M_FORBIDDEN");
    assertThat(alice.change(room, "kick", carol).status()).isEqualTo(200);
    assertThat(alice.change(room, "kick", carol).error()).isEqualTo("403 M_FORBIDDEN");
    assertThat(carol.join(room).status()).as("a kick is no ban").isEqualTo(200);
    assertThat(alice.change(room, "ban", carol).status()).isEqualTo(200);
    assertThat(carol.join(room).error()).isEqualTo("403 M_FORBIDDEN");
    assertThat(alice.change(room, "invite", carol).error()).isEqualTo("403 M_FORBIDDEN");
    assertThat(bob.change(room, "unban", carol).error()).isEqualTo("403 M_FORBIDDEN");
    assertThat(alice.change(room, "unban", carol).status()).isEqualTo(200);
    assertThat(alice.change(room, "unban", carol).error()).isEqualTo("403 M_BAD_STATE");
    assertThat(carol.join(room).status()).isEqualTo(200);
  }

  @Test
  void reason_isInTheMemberEvent() {
    String room = alice.createRoom("{'preset':'public_chat'}");
    bob.join(room).ok();
    alice.post(room(room) + "/kick", "{'user_id':'@bob:test','reason':'Off topic'}").ok();

    assertThat(alice.get(room(room) + "/state/m.room.member/@bob:test").ok().toString())
        .contains("\"reason\":\"Off topic\"");
  }

  @Test
  void forget_takesTheRoomsPastAway() {
    String room = alice.createRoom("{'preset':'public_chat'}");
    bob.join(room).ok();
    alice.say(room, "secret");

    assertThat(bob.post(room(room) + "/forget", "{}").error()).isEqualTo("400 M_UNKNOWN");
    bob.leave(room).ok();
    assertThat(bob.reads(room)).containsExactly("secret");
    assertThat(bob.post(room(room) + "/forget", "{}").status()).isEqualTo(200);
    assertThat(bob.get(room(room) + "/messages?dir=b").error()).isEqualTo("403 M_FORBIDDEN");
    assertThat(bob.post(room(room) + "/forget", "{}").status()).as("again").isEqualTo(200);
    assertThat(alice.reads(room)).as("others do not mind").containsExactly("secret");
  }

  @Test
  void memberState_goesThroughTheSameChecks() {
    String room = alice.createRoom("{}");

    assertThat(member(alice, room, bob, "invite").status()).isEqualTo(200);
    assertThat(member(alice, room, bob, "join").error())
        .as("nobody joins for others")
        .isEqualTo("403 M_FORBIDDEN");
    assertThat(member(bob, room, bob, "join").status()).isEqualTo(200);
    assertThat(member(bob, room, alice, "leave").error()).isEqualTo("403 M_FORBIDDEN");
    assertThat(member(alice, room, bob, "ban").status()).isEqualTo(200);
    assertThat(member(bob, room, bob, "join").error()).isEqualTo("403 M_FORBIDDEN");
    assertThat(member(alice, room, bob, "leave").status()).as("the ban ends").isEqualTo(200);
    assertThat(member(alice, room, bob, "party").error()).isEqualTo("400 M_BAD_JSON");
    assertThat(alice.setState(room, "m.room.member/@bob:test", "{}").error())
        .isEqualTo("400 M_BAD_JSON");
    assertThat(alice.setState(room, "m.room.member/bob", "{'membership':'invite'}").error())
        .isEqualTo("400 M_INVALID_PARAM");
  }

  @Test
  void memberState_ofAMember_changesTheNameInTheRoom() {
    String room = alice.createRoom("{}");
    String json = "{'membership':'join','displayname':'Alice the Great'}";

    String first = alice.setState(room, "m.room.member/@alice:test", json).eventId();
    String second = alice.setState(room, "m.room.member/@alice:test", json).eventId();

    assertThat(second).as("nothing to change").isEqualTo(first);
    assertThat(alice.get(room(room) + "/joined_members").ok().toString())
        .contains("Alice the Great");
  }

  private static Answer member(TestUser who, String room, TestUser target, String membership) {
    return who.setState(
        room, "m.room.member/" + target.id(), "{'membership':'" + membership + "'}");
  }
}
