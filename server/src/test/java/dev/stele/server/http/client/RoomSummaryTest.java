package dev.stele.server.http.client;

import static dev.stele.server.http.TestEdge.await;
import static dev.stele.server.http.client.TestUser.room;
import static org.assertj.core.api.Assertions.assertThat;

import dev.stele.server.projection.RoomSummary;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What rooms look like from outside, as the projection has it. */
class RoomSummaryTest extends InRooms {
  @Test
  void summary_ofASpace_tellsItsState() {
    String room =
        alice.createRoom(
            "{'preset':'public_chat','name':'Tea','topic':'All of it','room_alias_name':'tea',"
                + "'visibility':'public','creation_content':{'type':'m.space'}}");
    alice.setState(room, "m.room.avatar", "{'url':'mxc://test/a'}").ok();
    alice.setState(room, "m.room.encryption", "{'algorithm':'m.megolm.v1.aes-sha2'}").ok();
    alice
        .setState(room, "m.room.history_visibility", "{'history_visibility':'world_readable'}")
        .ok();

    RoomSummary summary = summary(room);

    assertThat(summary.nature())
        .isEqualTo(
            new RoomSummary.Nature(
                "11", alice.id(), "m.space", null, null, "m.megolm.v1.aes-sha2"));
    assertThat(summary.look())
        .isEqualTo(new RoomSummary.Look("Tea", "All of it", "#tea:test", "mxc://test/a"));
    assertThat(summary.access())
        .isEqualTo(new RoomSummary.Access("public", List.of(), false, true));
    assertThat(summary.listed()).isTrue();
  }

  @Test
  void counts_followEveryMembership() {
    String room = alice.createRoom("{'preset':'private_chat'}");
    assertThat(summary(room).members()).isEqualTo(new RoomSummary.Members(1, 0));
    alice.change(room, "invite", bob).ok();
    assertThat(summary(room).members()).isEqualTo(new RoomSummary.Members(1, 1));
    bob.join(room).ok();
    alice.change(room, "invite", carol).ok();
    assertThat(summary(room).members()).isEqualTo(new RoomSummary.Members(2, 1));
    carol.leave(room).ok();
    alice.change(room, "ban", bob).ok();
    assertThat(summary(room).members()).isEqualTo(new RoomSummary.Members(1, 0));
    alice.change(room, "unban", bob).ok();
    assertThat(summary(room).members()).isEqualTo(new RoomSummary.Members(1, 0));
  }

  @Test
  void redaction_clearsWhatTheEventTold() {
    String room = alice.createRoom("{'name':'Secret'}");
    String first = alice.setState(room, "m.room.topic", "{'topic':'one'}").eventId();
    String second = alice.setState(room, "m.room.topic", "{'topic':'two'}").eventId();
    String avatar = alice.setState(room, "m.room.avatar", "{'url':'mxc://test/b'}").eventId();

    redact(room, first);
    assertThat(summary(room).look().topic()).isEqualTo("two");
    redact(room, second);
    redact(room, avatar);

    assertThat(summary(room).look()).isEqualTo(new RoomSummary.Look("Secret", null, null, null));
  }

  @Test
  void rebuild_afterAllThis_givesTheSameRows() {
    try (RoomServer other = new RoomServer()) {
      TestUser ann = other.user("ann");
      TestUser ben = other.user("ben");
      String room = ann.createRoom("{'preset':'public_chat','name':'Tea','topic':'All of it'}");
      String topic = ann.setState(room, "m.room.topic", "{'topic':'less'}").eventId();
      ben.join(room).ok();
      ben.leave(room).ok();
      ben.join(room).ok();
      ann.change(room, "ban", ben).ok();
      ann.put("/directory/list/room/" + TestUser.encode(room), "{}").ok();
      ann.put(room(room) + "/redact/" + TestUser.encode(topic) + "/1", "{}").ok();
      assertThat(other.digests()).isEqualTo(other.rebuilt());
    }
  }

  @Test
  void topic_ofSeveralRepresentations_isThatInPlainText() {
    String room = alice.createRoom("{}");
    alice
        .setState(
            room,
            "m.room.topic",
            "{'topic':'old','m.topic':{'m.text':[{'mimetype':'text/html','body':'<b>x</b>'},"
                + "{'body':'plain'}]}}")
        .ok();
    assertThat(summary(room).look().topic()).isEqualTo("plain");
    alice.setState(room, "m.room.topic", "{'topic':''}").ok();
    assertThat(summary(room).look().topic()).isNull();
  }

  @Test
  void oddState_isTakenAsFarAsItMakesSense() {
    String room = alice.createRoom("{'creation_content':{'type':'" + "x".repeat(5_000) + "'}}");
    alice.setState(room, "m.room.name", "{'name':'a\\u0000b'}").ok();
    alice
        .setState(
            room,
            "m.room.join_rules",
            "{'join_rule':'restricted','allow':[{'type':'m.room_membership','room_id':'!x:y'},"
                + "{'type':'other','room_id':'!z:y'}]}")
        .ok();
    assertThat(summary(room).nature().type()).hasSize(255);
    assertThat(summary(room).look()).isEqualTo(new RoomSummary.Look("ab", null, null, null));
    assertThat(summary(room).access().allowedRooms()).containsExactly("!x:y");
  }

  private void redact(String room, String event) {
    alice.put(room(room) + "/redact/" + TestUser.encode(event) + "/" + event.hashCode(), "{}").ok();
  }

  private RoomSummary summary(String room) {
    return await(server.directories().rooms().of(room)).orElseThrow();
  }
}
