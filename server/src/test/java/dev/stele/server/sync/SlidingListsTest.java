package dev.stele.server.sync;

import static dev.stele.server.sync.Follower.in;
import static dev.stele.server.sync.SlidingClient.LIST;
import static dev.stele.server.sync.SlidingClient.bodies;
import static dev.stele.server.sync.SlidingClient.room;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Which rooms lists have, what is told of those that are not joined, and the extensions. */
final class SlidingListsTest extends Meeting {
  private static final String EXTENSIONS =
      ",'extensions':{'account_data':{'enabled':true},'receipts':{'enabled':true},"
          + "'typing':{'enabled':true},'e2ee':{'enabled':true},'to_device':{'enabled':true}}";

  private SlidingClient sliding;

  @Override
  void begin() {
    sliding = new SlidingClient(bob.client());
  }

  @Test
  void filters_choose() {
    String direct = publicRoom("");
    String encrypted =
        publicRoom(",'initial_state':[{'type':'m.room.encryption','content':{'algorithm':'x'}}]");
    String space = publicRoom(",'creation_content':{'type':'m.space'}");
    String invite = alice.createRoom("{'invite':['" + bob.id() + "']}");
    bob.client()
        .put(
            "/user/" + bob.id() + "/account_data/m.direct",
            "{'" + alice.id() + "':['" + direct + "']}")
        .ok();
    bob.client().put("/user/" + bob.id() + in(room) + "/tags/m.favourite", "{}").ok();
    alice.client().put(in(space) + "/state/m.space.child/" + encrypted, "{'via':['test']}").ok();

    assertThat(listed("'is_dm':true")).isEqualTo(1);
    assertThat(listed("'is_dm':false")).isEqualTo(4);
    assertThat(listed("'is_encrypted':true")).isEqualTo(1);
    assertThat(listed("'is_invite':true")).isEqualTo(1);
    assertThat(listed("'is_invited':false")).isEqualTo(4);
    assertThat(listed("'room_types':['m.space']")).isEqualTo(1);
    assertThat(listed("'room_types':[null]")).isEqualTo(4);
    assertThat(listed("'not_room_types':['m.space']")).isEqualTo(4);
    assertThat(listed("'tags':['m.favourite']")).isEqualTo(1);
    assertThat(listed("'tags':['m.favourite'],'not_tags':['m.favourite']")).isZero();
    assertThat(listed("'spaces':['" + space + "']")).isEqualTo(1);
    assertThat(listed("'spaces':['" + invite + "','!unknown:test']")).isZero();
    server.restart();
    assertThat(listed("'is_dm':true,'is_encrypted':false")).isEqualTo(1);
  }

  @Test
  void directMark_isToldWhenItChanges() {
    assertThat(room(sliding.sync(LIST), room).has("is_dm")).isFalse();
    bob.client()
        .put(
            "/user/" + bob.id() + "/account_data/m.direct",
            "{'" + alice.id() + "':['" + room + "']}")
        .ok();

    assertThat(room(sliding.sync(LIST), room).path("is_dm").asBoolean()).isTrue();
  }

  @Test
  void invite_showsStrippedState_andNothingElse() {
    sliding.sync(LIST);
    String other = alice.createRoom("{'name':'Secret','invite':['" + bob.id() + "']}");
    alice.say(other, "hidden");

    JsonNode answer = sliding.sync(LIST);

    JsonNode invite = room(answer, other);
    assertThat(invite.path("membership").asText()).isEqualTo("invite");
    assertThat(invite.path("invite_state").toString())
        .contains("m.room.create", "Secret", alice.id())
        .doesNotContain("event_id");
    assertThat(invite.path("stripped_state")).isEqualTo(invite.path("invite_state"));
    assertThat(invite.has("timeline")).isFalse();
    assertThat(answer.toString()).doesNotContain("hidden");
    assertThat(sliding.sync(LIST).path("rooms")).isEmpty();

    bob.join(other);
    JsonNode joined = room(sliding.sync(LIST), other);
    assertThat(joined.path("initial").asBoolean()).isTrue();
    assertThat(joined.path("name").asText()).isEqualTo("Secret");
  }

  @Test
  void invitesOfTheIgnored_andWhatTheySay_areNotShown() {
    bob.client()
        .put(
            "/user/" + bob.id() + "/account_data/m.ignored_user_list",
            "{'ignored_users':{'" + alice.id() + "':{}}}")
        .ok();
    String unwanted = alice.createRoom("{'invite':['" + bob.id() + "']}");
    alice.say(room, "ugly");

    JsonNode answer = sliding.sync(LIST);

    assertThat(answer.at("/lists/all/count").asInt()).isEqualTo(1);
    assertThat(answer.toString()).doesNotContain("ugly", unwanted);
  }

  @Test
  void kicked_isTold_withNothingOfLater_alsoToANewConnection() {
    sliding.sync(LIST);
    alice.say(room, "before");
    alice.change(room, "kick", bob);
    alice.say(room, "after");
    alice.setState(room, "m.room.topic", "{'topic':'after too'}");

    JsonNode answer = sliding.sync(LIST);
    JsonNode anew = new SlidingClient(bob.client(), "anew").sync(LIST);

    for (JsonNode told : new JsonNode[] {answer, anew}) {
      assertThat(room(told, room).path("membership").asText()).isEqualTo("leave");
      assertThat(room(told, room).path("timeline").toString()).contains("m.room.member");
      assertThat(told.toString()).doesNotContain("after");
    }
    assertThat(sliding.sync(LIST).path("rooms")).isEmpty();
  }

  @Test
  void left_isToldOnce_andNotToANewConnection() {
    sliding.sync(LIST);
    bob.leave(room);
    alice.say(room, "after");

    JsonNode answer = sliding.sync(LIST);

    assertThat(room(answer, room).path("membership").asText()).isEqualTo("leave");
    assertThat(answer.toString()).doesNotContain("after");
    assertThat(sliding.sync(LIST).path("rooms")).isEmpty();
    assertThat(new SlidingClient(bob.client(), "anew").sync(LIST).path("rooms")).isEmpty();
    bob.join(room);
    JsonNode again = room(sliding.sync(LIST), room);
    assertThat(again.path("initial").asBoolean()).isTrue();
    assertThat(again.path("membership").asText()).isEqualTo("join");
  }

  @ParameterizedTest
  @ValueSource(strings = {"leave", "kick", "ban"})
  void goneAndForgotten_betweenTwoPolls_isToldOnce(String way) {
    sliding.sync(LIST);
    if (way.equals("leave")) {
      bob.leave(room);
    } else {
      alice.change(room, way, bob);
    }
    bob.forget(room);
    alice.say(room, "after");

    JsonNode answer = sliding.sync(LIST);

    assertThat(room(answer, room).path("membership").asText())
        .isEqualTo(way.equals("ban") ? "ban" : "leave");
    assertThat(answer.toString()).doesNotContain("after");
    JsonNode next = sliding.sync(LIST);
    assertThat(next.path("rooms")).isEmpty();
    assertThat(next.at("/lists/all/count").asInt()).isZero();
    assertThat(new SlidingClient(bob.client(), "anew").sync(LIST).path("rooms")).isEmpty();
  }

  @Test
  void inviteRejectedAndForgotten_betweenTwoPolls_isToldOnce() {
    String other = alice.createRoom("{'invite':['" + bob.id() + "']}");
    sliding.sync(LIST);
    bob.leave(other);
    bob.forget(other);

    JsonNode answer = sliding.sync(LIST);

    assertThat(room(answer, other).path("membership").asText()).isEqualTo("leave");
    assertThat(sliding.sync(LIST).path("rooms")).isEmpty();
  }

  @Test
  void bannedWithoutEverBeingThere_isNotShown() {
    String other = alice.createRoom("{'preset':'public_chat'}");
    alice.change(other, "ban", bob);

    assertThat(room(sliding.sync(LIST), other).isMissingNode()).isTrue();
  }

  @Test
  void historyForMembers_startsAtTheJoin() {
    String other = alice.createRoom("{'preset':'public_chat'}");
    alice.setState(other, "m.room.history_visibility", "{'history_visibility':'joined'}");
    alice.say(other, "before");
    bob.join(other);

    JsonNode answer = sliding.sync(LIST.replace("'timeline_limit':1", "'timeline_limit':20"));

    assertThat(bodies(room(answer, other))).isEmpty();
    assertThat(answer.toString()).doesNotContain("before");
  }

  @Test
  void extensions_tellWhatIsNew_once() {
    String event = alice.say(room, "one");
    bob.client().put("/user/" + bob.id() + in(room) + "/account_data/org.test", "{'a':1}").ok();
    alice.receipt(room, "m.read", event);
    Letters letters = new Letters(bob);
    new Letters(alice).send(letters, "a letter");

    JsonNode first = sliding.sync(LIST + EXTENSIONS).path("extensions");

    assertThat(first.at("/account_data/global").toString()).contains("m.push_rules");
    assertThat(first.path("account_data").path("rooms").path(room).toString()).contains("org.test");
    assertThat(first.path("receipts").path("rooms").path(room).toString()).contains(alice.id());
    assertThat(first.at("/to_device/events")).hasSize(1);
    assertThat(first.at("/to_device/events/0/content/text").asText()).isEqualTo("a letter");
    String received =
        "'to_device':{'enabled':true,'since':'"
            + first.at("/to_device/next_batch").asText()
            + "'}}";
    String later = EXTENSIONS.replace("'to_device':{'enabled':true}}", received);
    assertThat(first.path("e2ee").has("device_one_time_keys_count")).isTrue();
    assertThat(first.has("typing")).isFalse();
    assertThat(sliding.sync(LIST + later).path("extensions").toString())
        .doesNotContain("account_data", "receipts", "typing", "a letter");

    alice.type(room);
    alice.receipt(room, "m.read.private", event);
    bob.client().put("/user/" + bob.id() + "/account_data/org.test.global", "{'a':1}").ok();
    JsonNode next = sliding.sync(LIST + later).path("extensions");

    assertThat(next.path("typing").path("rooms").path(room).toString()).contains(alice.id());
    assertThat(next.at("/account_data/global").toString()).contains("org.test.global");
    assertThat(next.toString()).doesNotContain("m.read.private");
    assertThat(sliding.sync(LIST + later).path("extensions").has("typing")).isFalse();
  }

  @Test
  void extensions_alone_answerAPoll() {
    String only = EXTENSIONS.substring(1);
    sliding.sync(only);
    bob.client().put("/user/" + bob.id() + "/account_data/org.test", "{'a':1}").ok();

    assertThat(sliding.sync(only, 30_000).toString()).contains("org.test");
  }

  private int listed(String filters) {
    return new SlidingClient(bob.client(), "filters")
        .sync("'lists':{'l':{'ranges':[[0,0]],'timeline_limit':0,'filters':{" + filters + "}}}")
        .at("/lists/l/count")
        .asInt();
  }

  /** A room that Bob is in. */
  private String publicRoom(String more) {
    String created = alice.createRoom("{'preset':'public_chat'" + more + "}");
    bob.join(created);
    return created;
  }
}
