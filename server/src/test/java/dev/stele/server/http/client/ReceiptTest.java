package dev.stele.server.http.client;

import static dev.stele.server.http.TestEdge.await;
import static dev.stele.server.http.client.TestUser.encode;
import static dev.stele.server.http.client.TestUser.room;
import static org.assertj.core.api.Assertions.assertThat;

import dev.stele.server.record.AccountDataSet;
import dev.stele.server.record.Fact;
import dev.stele.server.record.ReceiptSent;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ReceiptTest extends InRooms {
  private String room;
  private String event;

  @BeforeEach
  void talk() {
    room = alice.createRoom("{}");
    event = alice.say(room, "hello");
  }

  @Test
  void receipt_isWritten() {
    long before = server.position();

    alice.post(receipt("m.read", event), "{}").ok();
    alice.post(receipt("m.read.private", event), "{'thread_id':'main'}").ok();
    alice.post(receipt("m.fully_read", event), "{}").ok();

    List<Fact> facts = factsAfter(before);
    assertThat(facts).hasSize(3);
    ReceiptSent read = (ReceiptSent) facts.get(0);
    assertThat(read.type()).isEqualTo("m.read");
    assertThat(read.eventId()).isEqualTo(event);
    assertThat(read.threadId()).isNull();
    assertThat(((ReceiptSent) facts.get(1)).threadId()).isEqualTo("main");
    AccountDataSet marker = (AccountDataSet) facts.get(2);
    assertThat(marker.roomId()).isEqualTo(room);
    assertThat(marker.type()).isEqualTo("m.fully_read");
    assertThat(marker.content().path("event_id").asText()).isEqualTo(event);
  }

  @Test
  void readMarkers_areWrittenTogether() {
    long before = server.position();

    alice
        .post(
            room(room) + "/read_markers",
            "{'m.fully_read':'" + event + "','m.read':'" + event + "'}")
        .ok();
    alice.post(room(room) + "/read_markers", "{}").ok();

    assertThat(factsAfter(before))
        .hasExactlyElementsOfTypes(AccountDataSet.class, ReceiptSent.class);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "m.read| {'thread_id':''}| 400 M_INVALID_PARAM",
        "m.read| {'thread_id':1}| 400 M_INVALID_PARAM",
        "m.read| {'thread_id':null}| 400 M_INVALID_PARAM",
        "m.read| {'thread_id':'$other'}| 400 M_INVALID_PARAM",
        "m.fully_read| {'thread_id':'main'}| 400 M_INVALID_PARAM",
        "m.seen| {}| 400 M_INVALID_PARAM",
        "m.read| []| 400 M_BAD_JSON"
      })
  void receipt_badRequest_isRefused(String type, String body, String error) {
    assertThat(alice.post(receipt(type, event), body).error()).isEqualTo(error);
  }

  @Test
  void receipt_inAThread_isForItsEvents() {
    String reply =
        alice
            .put(
                room(room) + "/send/m.room.message/r",
                "{'body':'r','m.relates_to':{'rel_type':'m.thread','event_id':'" + event + "'}}")
            .eventId();
    String reaction =
        alice
            .put(
                room(room) + "/send/m.reaction/r",
                "{'m.relates_to':{'rel_type':'m.annotation','event_id':'" + reply + "'}}")
            .eventId();
    String thread = "{'thread_id':'" + event + "'}";

    assertThat(alice.post(receipt("m.read", reply), thread).status()).isEqualTo(200);
    assertThat(alice.post(receipt("m.read", reaction), thread).status()).isEqualTo(200);
    assertThat(alice.post(receipt("m.read", alice.say(room, "other")), thread).error())
        .isEqualTo("400 M_INVALID_PARAM");
  }

  @Test
  void receipt_elsewhere_isRefused() {
    String elsewhere = alice.say(alice.createRoom("{}"), "elsewhere");

    assertThat(bob.post(receipt("m.read", event), "{}").error()).isEqualTo("403 M_FORBIDDEN");
    assertThat(alice.post(receipt("m.read", elsewhere), "{}").error()).isEqualTo("404 M_NOT_FOUND");
    assertThat(
            alice
                .post(room(room) + "/read_markers", "{'m.fully_read':'" + elsewhere + "'}")
                .error())
        .isEqualTo("404 M_NOT_FOUND");
    assertThat(alice.post(room(room) + "/read_markers", "{'m.read':1}").error())
        .isEqualTo("400 M_BAD_JSON");
  }

  /** Where it stands is for the client to say: it may also be set back. */
  @Test
  void fullyRead_isSetForwardsAndBack() {
    String next = alice.say(room, "next");
    long before = server.position();

    alice.post(room(room) + "/read_markers", "{'m.fully_read':'" + next + "'}").ok();
    alice.post(room(room) + "/read_markers", "{'m.fully_read':'" + event + "'}").ok();

    alice.post(receipt("m.fully_read", next), "").ok();

    assertThat(factsAfter(before))
        .extracting(fact -> ((AccountDataSet) fact).content().path("event_id").asText())
        .containsExactly(next, event, next);
  }

  @ParameterizedTest
  @ValueSource(strings = {"leave", "kick", "ban"})
  void whoHasGone_marksNothing(String how) {
    TestUser carol = server.user("carol-" + how);
    alice.post(room(room) + "/invite", "{'user_id':'" + carol.id() + "'}").ok();
    String typing = room(room) + "/typing/" + carol.id();
    assertThat(carol.post(receipt("m.read", event), "{}").error())
        .as("only invited")
        .isEqualTo("403 M_FORBIDDEN");
    assertThat(carol.put(typing, "{'typing':true}").error()).isEqualTo("403 M_FORBIDDEN");
    carol.post(room(room) + "/join", "{}").ok();
    carol.put(typing, "{'typing':true}").ok();

    if (how.equals("leave")) {
      carol.post(room(room) + "/leave", "{}").ok();
    } else {
      alice.post(room(room) + "/" + how, "{'user_id':'" + carol.id() + "'}").ok();
    }

    assertThat(carol.put(typing, "{'typing':false}").error()).isEqualTo("403 M_FORBIDDEN");
    assertThat(carol.post(receipt("m.read", event), "{}").error()).isEqualTo("403 M_FORBIDDEN");
    assertThat(carol.post(room(room) + "/read_markers", "{'m.fully_read':'" + event + "'}").error())
        .isEqualTo("403 M_FORBIDDEN");
  }

  @Test
  void readMarkers_badOnes_areTold() {
    String markers = room(room) + "/read_markers";

    assertThat(alice.post(markers, "[]").error()).isEqualTo("400 M_BAD_JSON");
    assertThat(alice.post(markers, "nope").error()).isEqualTo("400 M_NOT_JSON");
    assertThat(alice.post(markers, "{'m.read':'no event id'}").error())
        .isEqualTo("400 M_INVALID_PARAM");
    assertThat(alice.post(markers, "{'m.read':'$unknown'}").error()).isEqualTo("404 M_NOT_FOUND");
    assertThat(alice.post("/rooms/room/read_markers", "{}").error())
        .isEqualTo("400 M_INVALID_PARAM");
    assertThat(alice.post("/rooms/!none:test/read_markers", "{}").error())
        .isEqualTo("403 M_FORBIDDEN");
  }

  @Test
  void typing_isForMembersAndForOneself() {
    String typing = room(room) + "/typing/";

    assertThat(alice.put(typing + alice.id(), "{'typing':true,'timeout':1000}").status())
        .isEqualTo(200);
    assertThat(alice.put(typing + alice.id(), "{'typing':false}").status()).isEqualTo(200);
    assertThat(alice.put(typing + bob.id(), "{'typing':true}").error())
        .isEqualTo("403 M_FORBIDDEN");
    assertThat(bob.put(typing + bob.id(), "{'typing':true}").error()).isEqualTo("403 M_FORBIDDEN");
    assertThat(alice.put(typing + alice.id(), "{}").error()).isEqualTo("400 M_MISSING_PARAM");
    assertThat(alice.put(typing + alice.id(), "{'typing':'yes'}").error())
        .isEqualTo("400 M_BAD_JSON");
    assertThat(alice.put(typing + alice.id(), "{'typing':true,'timeout':-1}").error())
        .isEqualTo("400 M_INVALID_PARAM");
  }

  private String receipt(String type, String eventId) {
    return room(room) + "/receipt/" + type + "/" + encode(eventId);
  }

  private List<Fact> factsAfter(long position) {
    return await(server.log().read(position, 100)).stream().map(entry -> entry.fact()).toList();
  }
}
