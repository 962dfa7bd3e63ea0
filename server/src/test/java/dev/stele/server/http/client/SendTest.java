package dev.stele.server.http.client;

import static dev.stele.server.http.client.TestUser.encode;
import static dev.stele.server.http.client.TestUser.room;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SendTest extends InRooms {
  @Test
  void send_repeatedTransaction_isTheSameEvent() {
    String room = alice.createRoom("{}");
    String path = room(room) + "/send/m.room.message/t1";

    String first = alice.put(path, "{'body':'one'}").eventId();
    String again = alice.put(path, "{'body':'two'}").eventId();
    String otherType = alice.put(room(room) + "/send/m.other/t1", "{'body':'x'}").eventId();
    String otherDevice = server.user("alice", "PHONE").put(path, "{'body':'three'}").eventId();

    assertThat(again).isEqualTo(first);
    assertThat(otherType).isNotEqualTo(first);
    assertThat(otherDevice).isNotEqualTo(first);
    assertThat(alice.reads(room)).containsExactly("three", "one");
  }

  @Test
  void send_sameTransactionManyTimesAtOnce_isOneEvent() {
    String room = alice.createRoom("{}");
    String path = room(room) + "/send/m.room.message/t1";

    List<String> ids = atOnce(32, i -> alice.put(path, "{'body':'once'}").eventId());

    assertThat(ids).containsOnly(ids.get(0));
    assertThat(alice.reads(room)).containsExactly("once");
  }

  @Test
  void send_manyAtOnce_areAllThereOnce() {
    String room = alice.createRoom("{}");

    List<String> ids = atOnce(100, i -> alice.say(room, "m" + i));

    assertThat(ids).doesNotHaveDuplicates();
    assertThat(alice.reads(room))
        .containsExactlyInAnyOrderElementsOf(
            IntStream.range(0, 100).mapToObj(i -> "m" + i).toList());
  }

  private static List<String> atOnce(int times, IntFunction<String> request) {
    ExecutorService threads = Executors.newFixedThreadPool(16);
    try {
      List<CompletableFuture<String>> answers =
          IntStream.range(0, times)
              .mapToObj(i -> CompletableFuture.supplyAsync(() -> request.apply(i), threads))
              .toList();
      return answers.stream().map(CompletableFuture::join).toList();
    } finally {
      threads.shutdownNow();
    }
  }

  @Test
  void send_transactionId_isShownToItsDeviceOnly() {
    String room = alice.createRoom("{}");
    String id = alice.put(room(room) + "/send/m.room.message/tx9", "{'body':'x'}").eventId();
    String path = room(room) + "/event/" + encode(id);

    assertThat(alice.get(path).ok().path("unsigned").path("transaction_id").asText())
        .isEqualTo("tx9");
    assertThat(server.user("alice", "PHONE").get(path).ok().path("unsigned").has("transaction_id"))
        .isFalse();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "[]| 400 M_BAD_JSON",
        "1| 400 M_BAD_JSON",
        "{| 400 M_NOT_JSON",
        "{'a':1.5}| 400 M_BAD_JSON",
        "{'a':{'b':[9007199254740992]}}| 400 M_BAD_JSON",
        "{'a':1e3}| 400 M_BAD_JSON"
      })
  void send_contentThatIsNoEvent_isRefused(String body, String error) {
    String room = alice.createRoom("{}");
    long before = server.position();

    assertThat(alice.put(room(room) + "/send/m.room.message/t", body).error()).isEqualTo(error);
    assertThat(alice.put(room(room) + "/state/m.custom/k", body).error()).isEqualTo(error);
    assertThat(server.position()).isEqualTo(before);
  }

  @Test
  void send_tooLarge_isRefused() {
    String room = alice.createRoom("{}");

    assertThat(alice.sendText(room, "x".repeat(66_000)).error()).isEqualTo("413 M_TOO_LARGE");
    assertThat(alice.put(room(room) + "/send/" + "t".repeat(256) + "/t", "{}").error())
        .isEqualTo("413 M_TOO_LARGE");
    assertThat(alice.setState(room, "m.custom/" + "k".repeat(256), "{}").error())
        .isEqualTo("413 M_TOO_LARGE");
    assertThat(alice.put(room(room) + "/send/m.x/" + "t".repeat(256), "{}").error())
        .isEqualTo("400 M_INVALID_PARAM");
  }

  @Test
  void send_byOutsiders_isForbidden() {
    String room = alice.createRoom("{'invite':['@bob:test']}");

    assertThat(bob.sendText(room, "invited").error()).isEqualTo("403 M_FORBIDDEN");
    bob.join(room).ok();
    bob.leave(room).ok();
    assertThat(bob.sendText(room, "left").error()).isEqualTo("403 M_FORBIDDEN");
    assertThat(server.user("carol").sendText(room, "never there").error())
        .isEqualTo("403 M_FORBIDDEN");
    assertThat(alice.sendText("!nowhere:test", "hello").error()).isEqualTo("403 M_FORBIDDEN");
    assertThat(alice.sendText("nowhere", "hello").error()).isEqualTo("400 M_INVALID_PARAM");
  }

  @Test
  void state_isSetAndReadBack() {
    String room = alice.createRoom("{}");

    String id = alice.setState(room, "m.custom/k%2F1", "{'a':1}").eventId();
    alice.setState(room, "m.room.name", "{'name':'N'}").ok();

    assertThat(alice.get(room(room) + "/state/m.custom/k%2F1").ok().path("a").asInt()).isOne();
    assertThat(alice.get(room(room) + "/state/m.room.name/").ok().path("name").asText())
        .isEqualTo("N");
    JsonNode whole = alice.get(room(room) + "/state/m.custom/k%2F1?format=event").ok();
    assertThat(whole.path("event_id").asText()).isEqualTo(id);
    assertThat(whole.path("state_key").asText()).isEqualTo("k/1");
    assertThat(whole.path("room_id").asText()).isEqualTo(room);
    assertThat(alice.get(room(room) + "/state/m.custom/k%2F1?format=xml").error())
        .isEqualTo("400 M_INVALID_PARAM");
    assertThat(alice.get(room(room) + "/state/m.custom/other").error())
        .isEqualTo("404 M_NOT_FOUND");
  }

  @Test
  void state_repeated_isTheSameEvent() {
    String room = alice.createRoom("{}");

    String first = alice.setState(room, "m.room.topic", "{'topic':'T'}").eventId();

    assertThat(alice.setState(room, "m.room.topic", "{'topic':'T'}").eventId()).isEqualTo(first);
    assertThat(alice.setState(room, "m.room.topic", "{'topic':'U'}").eventId()).isNotEqualTo(first);
  }

  @Test
  void state_needsPower() {
    String room = alice.createRoom("{'preset':'public_chat'}");
    bob.join(room).ok();

    assertThat(bob.setState(room, "m.room.name", "{'name':'Bob'}").error())
        .isEqualTo("403 M_FORBIDDEN");
    assertThat(alice.setState(room, "m.room.create", "{}").error()).isEqualTo("403 M_FORBIDDEN");
    assertThat(alice.setState(room, "m.custom/@bob:test", "{}").error())
        .as("the state of somebody else")
        .isEqualTo("403 M_FORBIDDEN");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{'users':{'@alice:test':'100'}}",
        "{'users':[]}",
        "{'ban':null}",
        "{'events':{'m.room.name':1.5}}",
        "{'state_default':9007199254740992}"
      })
  void powerLevels_malformed_areRefused(String levels) {
    String room = alice.createRoom("{}");

    assertThat(alice.setState(room, "m.room.power_levels", levels).error())
        .isEqualTo("400 M_BAD_JSON");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "m.room.name| {'name':1}",
        "m.room.topic| {'topic':[]}",
        "m.room.avatar| {'url':{}}",
        "m.room.join_rules| {'join_rule':true}",
        "m.room.join_rules| {'join_rule':'restricted','allow':'x'}",
        "m.room.history_visibility| {'history_visibility':1}",
        "m.room.guest_access| {'guest_access':1}",
        "m.room.encryption| {'algorithm':1}",
        "m.room.server_acl| {'allow':[1]}",
        "m.room.server_acl| {'allow_ip_literals':'yes'}",
        "m.room.pinned_events| {'pinned':'x'}",
        "m.room.tombstone| {'replacement_room':1}"
      })
  void state_ofTheWrongShape_isRefused(String type, String content) {
    String room = alice.createRoom("{}");

    assertThat(alice.setState(room, type, content).error()).isEqualTo("400 M_BAD_JSON");
    assertThat(alice.setState(room, type, "{'other':1}").status()).isEqualTo(200);
  }

  @Test
  void canonicalAlias_mustPointHere() {
    String room = alice.createRoom("{'room_alias_name':'here'}");
    alice.createRoom("{'room_alias_name':'there'}");

    assertThat(alias(room, "{'alias':'#here:test','alt_aliases':['#here:test']}"))
        .isEqualTo("200 ");
    assertThat(alias(room, "{'alias':'#there:test'}")).isEqualTo("400 M_BAD_ALIAS");
    assertThat(alias(room, "{'alt_aliases':['#nowhere:test']}")).isEqualTo("400 M_BAD_ALIAS");
    assertThat(alias(room, "{'alias':'#x:elsewhere'}")).isEqualTo("400 M_BAD_ALIAS");
    assertThat(alias(room, "{'alias':'here'}")).isEqualTo("400 M_INVALID_PARAM");
    assertThat(alias(room, "{'alias':1}")).isEqualTo("400 M_BAD_JSON");
    alice.delete("/directory/room/%23here:test").ok();
    assertThat(alias(room, "{'alias':'#here:test','x':1}"))
        .as("what is there already is not checked")
        .isEqualTo("200 ");
    assertThat(alias(room, "{}")).isEqualTo("200 ");
  }

  @ParameterizedTest
  @ValueSource(strings = {"9", "10", "11", "12"})
  void redact_takesTheContentAway(String version) {
    String room = alice.createRoom("{'room_version':'" + version + "','preset':'public_chat'}");
    bob.join(room).ok();
    String event = bob.say(room, "regret");
    String path = room(room) + "/redact/" + encode(event) + "/r1";

    String redaction = bob.put(path, "{'reason':'oops'}").eventId();

    assertThat(bob.put(path, "{}").eventId()).as("repeated").isEqualTo(redaction);
    JsonNode redacted = alice.get(room(room) + "/event/" + encode(event)).ok();
    assertThat(redacted.path("content")).isEmpty();
    JsonNode because = redacted.path("unsigned").path("redacted_because");
    assertThat(because.path("event_id").asText()).isEqualTo(redaction);
    assertThat(because.path("content").path("reason").asText()).isEqualTo("oops");
    assertThat(because.path("content").path("redacts").asText()).isEqualTo(event);
  }

  @Test
  void redact_ofOthers_needsPower() {
    String room = alice.createRoom("{'preset':'public_chat'}");
    bob.join(room).ok();
    String hers = alice.say(room, "mine");
    String his = bob.say(room, "his");

    assertThat(bob.put(room(room) + "/redact/" + encode(hers) + "/1", "{}").error())
        .isEqualTo("403 M_FORBIDDEN");
    assertThat(alice.put(room(room) + "/redact/" + encode(his) + "/1", "{}").status())
        .isEqualTo(200);
    assertThat(alice.reads(room)).contains("mine").doesNotContain("his");
  }

  @Test
  void redact_whatIsNotInTheRoom_isNotFound() {
    String room = alice.createRoom("{}");
    String elsewhere = alice.say(alice.createRoom("{}"), "elsewhere");

    assertThat(alice.put(room(room) + "/redact/" + encode(elsewhere) + "/1", "{}").error())
        .isEqualTo("404 M_NOT_FOUND");
    assertThat(alice.put(room(room) + "/redact/nothing/1", "{}").error())
        .isEqualTo("400 M_INVALID_PARAM");
  }

  @Test
  void redact_throughSend_worksToo() {
    String room = alice.createRoom("{'room_version':'9'}");
    String event = alice.say(room, "regret");

    alice.put(room(room) + "/send/m.room.redaction/1", "{'redacts':'" + event + "'}").ok();

    assertThat(alice.reads(room)).containsExactly("");
    assertThat(alice.put(room(room) + "/send/m.room.redaction/2", "{}").error())
        .isEqualTo("400 M_BAD_JSON");
  }

  @ParameterizedTest
  @ValueSource(strings = {"send/m.room.message/1", "state/m.custom", "state/m.room.redaction"})
  void redacts_inAnEventOfAnotherKind_redactsNothingOfOthers(String path) {
    String room =
        alice.createRoom(
            "{'preset':'public_chat','power_level_content_override':{'state_default':0}}");
    bob.join(room).ok();
    String hers = alice.say(room, "stays");

    assertThat(bob.put(room(room) + "/" + path, "{'redacts':'" + hers + "'}").status())
        .isIn(200, 403);
    assertThat(alice.reads(room)).contains("stays");
  }

  @Test
  void send_nulCharacter_isRefused() {
    String room = alice.createRoom("{}");

    assertThat(alice.put(room(room) + "/send/a%00b/1", "{}").status()).isEqualTo(400);
    assertThat(alice.setState(room, "m.custom/a%00b", "{}").status()).isEqualTo(400);
    assertThat(alice.put(room(room) + "/send/m.x/1", "{'body':'a\\u0000b'}").status())
        .isIn(200, 400);
    assertThat(alice.reads(room)).isEmpty();
  }

  private String alias(String room, String json) {
    return alice.setState(room, "m.room.canonical_alias", json).error();
  }
}
