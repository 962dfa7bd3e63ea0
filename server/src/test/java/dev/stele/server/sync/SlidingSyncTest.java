package dev.stele.server.sync;

import static dev.stele.server.sync.Follower.in;
import static dev.stele.server.sync.SlidingClient.LIST;
import static dev.stele.server.sync.SlidingClient.bodies;
import static dev.stele.server.sync.SlidingClient.room;
import static dev.stele.server.sync.SlidingClient.state;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Following a few rooms at a time. */
final class SlidingSyncTest extends Meeting {
  private SlidingClient sliding;

  @Override
  String newRoom() {
    return alice.createRoom("{'preset':'public_chat','name':'Hall','topic':'Talk'}");
  }

  @Override
  void begin() {
    sliding = new SlidingClient(bob.client());
  }

  @Test
  void versions_sayThatItIsThere() {
    assertThat(
            bob.client()
                .get("/_matrix/client/versions")
                .ok()
                .at("/unstable_features/org.matrix.simplified_msc3575")
                .asBoolean())
        .isTrue();
  }

  @Test
  void first_hasTheRoomWhole() {
    alice.say(room, "one");
    alice.say(room, "two");

    JsonNode answer = sliding.sync(LIST);

    JsonNode hall = room(answer, room);
    assertThat(answer.at("/lists/all/count").asInt()).isEqualTo(1);
    assertThat(hall.path("initial").asBoolean()).isTrue();
    assertThat(hall.path("name").asText()).isEqualTo("Hall");
    assertThat(hall.path("membership").asText()).isEqualTo("join");
    assertThat(hall.path("lists").toString()).isEqualTo("[\"all\"]");
    assertThat(hall.path("joined_count").asInt()).isEqualTo(2);
    assertThat(hall.path("invited_count").asInt()).isZero();
    assertThat(hall.path("limited").asBoolean()).isTrue();
    assertThat(hall.path("num_live").asInt()).isZero();
    assertThat(hall.path("bump_stamp").asLong()).isPositive();
    assertThat(bodies(hall)).containsExactly("two");
    assertThat(state(hall))
        .containsExactlyInAnyOrder(
            "m.room.create|",
            "m.room.topic|",
            "m.room.member|" + bob.id(),
            "m.room.member|" + alice.id());
    String from = hall.path("prev_batch").asText();
    assertThat(bob.client().get(in(room) + "/messages?dir=b&limit=1&from=" + from).ok().toString())
        .contains("one");
  }

  @Test
  void next_hasOnlyWhatIsNew() {
    sliding.sync(LIST);
    assertThat(sliding.sync(LIST).path("rooms")).isEmpty();
    alice.say(room, "new");

    JsonNode hall = room(sliding.sync(LIST), room);

    assertThat(bodies(hall)).containsExactly("new");
    assertThat(hall.has("initial")).isFalse();
    assertThat(hall.has("name")).isFalse();
    assertThat(hall.has("joined_count")).isFalse();
    assertThat(hall.path("num_live").asInt()).isEqualTo(1);
    assertThat(hall.path("limited").asBoolean()).isFalse();
    assertThat(sliding.sync(LIST).path("rooms")).isEmpty();
  }

  @Test
  void poll_isWokenByAMessage_andByNothingElse() {
    String other = alice.createRoom("{'preset':'public_chat'}");
    sliding.sync(LIST);
    int waiting = server.waitingPolls();
    CompletableFuture<JsonNode> poll =
        CompletableFuture.supplyAsync(() -> sliding.sync(LIST, 30_000));
    while (server.waitingPolls() <= waiting) {
      Thread.onSpinWait();
    }

    alice.say(other, "not for Bob");
    alice.say(room, "wake up");

    JsonNode answer = poll.join();
    assertThat(bodies(room(answer, room))).containsExactly("wake up");
    assertThat(answer.toString()).doesNotContain("not for Bob");
  }

  @Test
  void unreadCounts_areToldWhenTheyChange_alsoByReading() {
    alice.say(room, "one");
    JsonNode hall = room(sliding.sync(LIST), room);
    assertThat(hall.path("notification_count").asInt()).isEqualTo(1);
    assertThat(hall.path("highlight_count").asInt(-1)).isZero();
    alice.setState(room, "m.room.topic", "{'topic':'nothing to notify of'}");
    assertThat(room(sliding.sync(LIST), room).has("notification_count")).isFalse();
    String last =
        alice.send(
            room,
            "m.room.message",
            "{'msgtype':'m.text','body':'you','m.mentions':{'user_ids':['" + bob.id() + "']}}");
    hall = room(sliding.sync(LIST), room);
    assertThat(hall.path("notification_count").asInt()).isEqualTo(2);
    assertThat(hall.path("highlight_count").asInt()).isEqualTo(1);

    bob.receipt(room, "m.read", last);

    hall = room(sliding.sync(LIST), room);
    assertThat(hall.path("notification_count").asInt(-1)).isZero();
    assertThat(hall.path("highlight_count").asInt(-1)).isZero();
    assertThat(hall.path("timeline")).isEmpty();
    assertThat(hall.has("initial")).isFalse();
    assertThat(sliding.sync(LIST).path("rooms")).isEmpty();
    bob.leave(room);
    assertThat(room(sliding.sync(LIST), room).has("notification_count")).isFalse();
  }

  @Test
  void setPresence_isHowOthersSeeTheUser() {
    sliding.sync(LIST + ",'set_presence':'offline'");
    assertThat(presenceOfBob()).isEqualTo("offline");

    sliding.sync(LIST);
    assertThat(presenceOfBob()).isEqualTo("online");
    sliding.sync(LIST + ",'set_presence':'unavailable'");
    assertThat(presenceOfBob()).isEqualTo("unavailable");
  }

  private String presenceOfBob() {
    return alice.client().get("/presence/" + bob.id() + "/status").ok().path("presence").asText();
  }

  @Test
  void stateAndLook_areToldWhenTheyChange() {
    sliding.sync(LIST);
    alice.setState(room, "m.room.topic", "{'topic':'new'}");
    alice.setState(room, "m.room.name", "{'name':'Chamber'}");
    alice.setState(room, "m.room.avatar", "{'url':'mxc://test/a'}");
    alice.setState(room, "org.test.unwanted", "{}");

    JsonNode hall = room(sliding.sync(LIST), room);

    assertThat(state(hall)).contains("m.room.topic|").doesNotContain("org.test.unwanted|");
    assertThat(hall.path("name").asText()).isEqualTo("Chamber");
    assertThat(hall.path("avatar").asText()).isEqualTo("mxc://test/a");
    alice.setState(room, "m.room.name", "{}");
    hall = room(sliding.sync(LIST), room);
    assertThat(hall.has("name") && hall.path("name").isNull()).isTrue();
    assertThat(hall.at("/heroes/0/user_id").asText()).isEqualTo(alice.id());
  }

  @Test
  void lostAnswer_isGivenAgain() {
    sliding.sync(LIST);
    alice.say(room, "new");
    JsonNode lost = sliding.ask(LIST, 0).ok();

    JsonNode again = sliding.sync(LIST);

    assertThat(bodies(room(lost, room))).containsExactly("new");
    assertThat(bodies(room(again, room))).containsExactly("new");
    assertThat(sliding.sync(LIST).path("rooms")).isEmpty();
  }

  @Test
  void pos_unknownForeignOldOrOfBeforeARestart_isRefused() {
    sliding.sync(LIST);
    String old = sliding.pos();
    sliding.sync(LIST);
    sliding.sync(LIST);
    assertThat(asWith(bob, old)).isEqualTo("400 M_UNKNOWN_POS");
    assertThat(asWith(bob, "s1_1_1")).isEqualTo("400 M_UNKNOWN_POS");
    assertThat(asWith(bob, "garbage")).isEqualTo("400 M_UNKNOWN_POS");
    assertThat(asWith(alice, sliding.pos())).isEqualTo("400 M_UNKNOWN_POS");
    assertThat(asWith(bob.otherDevice(), sliding.pos())).isEqualTo("400 M_UNKNOWN_POS");
    assertThat(asWith(bob, sliding.pos())).isEqualTo("200 ");

    server.restart();

    assertThat(asWith(bob, sliding.pos())).isEqualTo("400 M_UNKNOWN_POS");
    assertThat(room(new SlidingClient(bob.client()).sync(LIST), room).isMissingNode()).isFalse();
  }

  private static String asWith(Follower user, String pos) {
    return user.client().post(SlidingClient.PATH + "?pos=" + pos, "{'conn_id':'main'}").error();
  }

  @Test
  void connections_ofOneDevice_areApart() {
    SlidingClient other = new SlidingClient(bob.client(), "other");
    sliding.sync(LIST);
    other.sync(LIST);
    alice.say(room, "new");

    assertThat(bodies(room(sliding.sync(LIST), room))).containsExactly("new");
    assertThat(bodies(room(other.sync(LIST), room))).containsExactly("new");
  }

  @Test
  void range_showsTheLatestRooms_andGrows() {
    String[] rooms = new String[4];
    for (int i = 0; i < rooms.length; i++) {
      rooms[i] = alice.createRoom("{'preset':'public_chat'}");
      bob.join(rooms[i]);
    }
    alice.say(rooms[1], "latest");
    String narrow = LIST.replace("[0,19]", "[0,0]");

    JsonNode first = sliding.sync(narrow);
    assertThat(first.at("/lists/all/count").asInt()).isEqualTo(5);
    assertThat(first.path("rooms")).hasSize(1);
    assertThat(room(first, rooms[1]).isMissingNode()).isFalse();

    JsonNode wide = sliding.sync(LIST, 30_000);
    assertThat(wide.path("rooms")).hasSize(4);
    assertThat(room(wide, rooms[1]).isMissingNode()).isTrue();
  }

  @Test
  void subscription_isToldWhateverTheRange_andOfMoreTimeline() {
    IntStream.range(0, 5).forEach(i -> alice.say(room, "m" + i));
    sliding.sync(LIST);

    JsonNode hall =
        room(
            sliding.sync(
                LIST
                    + ",'room_subscriptions':{'"
                    + room
                    + "':{'timeline_limit':3,'required_state':[['*','*']]}}",
                30_000),
            room);

    assertThat(bodies(hall)).containsExactly("m2", "m3", "m4");
    assertThat(hall.path("unstable_expanded_timeline").asBoolean()).isTrue();
    assertThat(hall.has("initial")).isFalse();
    assertThat(hall.path("num_live").asInt()).isZero();
    assertThat(state(hall)).contains("m.room.power_levels|", "m.room.member|" + alice.id());
    assertThat(
            sliding
                .sync(
                    "'room_subscriptions':{'!unknown:test':{'timeline_limit':1},'"
                        + alice.createRoom("{}")
                        + "':{'timeline_limit':1}}")
                .path("rooms"))
        .as("of rooms that are not Bob's nothing is told")
        .isEmpty();
  }

  @Test
  void requiredState_asProposed_excludesAndLoadsLazily() {
    alice.say(room, "one");

    JsonNode hall =
        room(
            sliding.sync(
                "'lists':{'all':{'range':[0,9],'timeline_limit':1,'required_state':"
                    + "{'include':[{}],'exclude':[{'type':'m.room.topic'}],'lazy_members':true}}}"),
            room);

    assertThat(state(hall))
        .contains("m.room.create|", "m.room.name|", "m.room.member|" + alice.id())
        .doesNotContain("m.room.topic|", "m.room.member|" + bob.id());
  }

  @Test
  void lazyMembers_comeWithWhatTheySay_andWhenTheyChange() {
    sliding.sync(LIST);
    Follower carol = person("carol");
    carol.join(room);
    assertThat(state(room(sliding.sync(LIST), room))).contains("m.room.member|" + carol.id());
    carol.rename("Caroline");

    JsonNode hall = room(sliding.sync(LIST), room);

    assertThat(hall.path("required_state").toString()).contains("Caroline");
  }

  @Test
  void gap_isLimited_withTheNewestEvents() {
    sliding.sync(LIST);
    IntStream.range(0, 5).forEach(i -> alice.say(room, "m" + i));
    alice.setState(room, "m.room.topic", "{'topic':'changed'}");
    alice.say(room, "last");

    JsonNode hall = room(sliding.sync(LIST), room);

    assertThat(bodies(hall)).containsExactly("last");
    assertThat(hall.path("limited").asBoolean()).isTrue();
    assertThat(hall.path("required_state").toString()).contains("changed");
  }

  @Test
  void pos_servesForPagingBack() {
    alice.say(room, "one");
    sliding.sync(LIST);
    alice.say(room, "later");

    assertThat(
            bob.client()
                .get(in(room) + "/messages?dir=b&limit=1&from=" + sliding.pos())
                .ok()
                .toString())
        .contains("one")
        .doesNotContain("later");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "'lists':[]|400 M_BAD_JSON",
        "'lists':{'a':{}}|400 M_BAD_JSON",
        "'lists':{'a':{'timeline_limit':-1}}|400 M_INVALID_PARAM",
        "'lists':{'a':{'timeline_limit':1,'ranges':[[1]]}}|400 M_BAD_JSON",
        "'lists':{'a':{'timeline_limit':1,'ranges':[[5,1]]}}|400 M_INVALID_PARAM",
        "'lists':{'a':{'timeline_limit':1,'required_state':[['m.room.name']]}}|400 M_BAD_JSON",
        "'lists':{'a':{'timeline_limit':1,'filters':{'is_dm':1}}}|400 M_BAD_JSON",
        "'room_subscriptions':{'!a':1}|400 M_BAD_JSON",
        "'extensions':{'typing':true}|400 M_BAD_JSON",
        "'set_presence':'dancing'|400 M_INVALID_PARAM",
        "'timeout':'soon'|400 M_BAD_JSON",
        "'conn_id':7|400 M_BAD_JSON"
      })
  void oddRequests_areRefused(String bodyAndError) {
    String[] parts = bodyAndError.split("\\|");
    assertThat(bob.client().post(SlidingClient.PATH, "{" + parts[0] + "}").error())
        .isEqualTo(parts[1]);
  }

  @Test
  void tooManyLists_areRefused() {
    StringBuilder lists = new StringBuilder("{'lists':{'l0':{'timeline_limit':1}");
    IntStream.range(1, 101).forEach(i -> lists.append(",'l" + i + "':{'timeline_limit':1}"));
    assertThat(bob.client().post(SlidingClient.PATH, lists + "}}").error())
        .isEqualTo("400 M_INVALID_PARAM");
    assertThat(server.anonymous().post(SlidingClient.PATH, "{}").error())
        .isEqualTo("401 M_MISSING_TOKEN");
  }
}
