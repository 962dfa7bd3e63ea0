package dev.stele.server.sync;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The list of what somebody was notified of. */
final class NotificationsTest extends Meeting {
  private static final String DISABLED = "{'enabled':false}";

  @Override
  String newRoom() {
    String hall = alice.createRoom("{'preset':'public_chat'}");
    alice.say(hall, "before he came");
    return hall;
  }

  @Override
  void begin() {
    // Nobody has polled yet.
  }

  @Test
  void list_ofSeveralRooms_isNewestFirst() {
    String other = alice.createRoom("{'preset':'public_chat'}");
    bob.join(other);
    alice.say(room, "one");
    String two = alice.say(other, "two");
    bob.say(room, "own");
    alice.send(room, "m.room.message", "{'msgtype':'m.notice','body':'notice'}");
    alice.say(room, "three");

    JsonNode list = list("");

    assertThat(bodies(list)).containsExactly("three", "two", "one");
    JsonNode second = list.path("notifications").get(1);
    assertThat(second.path("room_id").asText()).isEqualTo(other);
    assertThat(second.at("/event/event_id").asText()).isEqualTo(two);
    assertThat(second.path("event").has("room_id")).isFalse();
    assertThat(second.path("actions").get(0).asText()).isEqualTo("notify");
    assertThat(second.path("ts").asLong()).isPositive();
    assertThat(second.path("read").isBoolean()).isTrue();
    assertThat(list.has("next_token")).isFalse();
    assertThat(bodies(alice.client().get("/notifications").ok())).containsExactly("own");
  }

  @Test
  void pages_together_areTheList() {
    for (int i = 0; i < 7; i++) {
      alice.say(room, "m" + i);
    }
    List<String> found = new ArrayList<>();
    String from = "";
    while (from != null) {
      JsonNode page = list("?limit=3" + from);
      assertThat(page.path("notifications")).hasSizeLessThanOrEqualTo(3);
      found.addAll(bodies(page));
      from = page.has("next_token") ? "&from=" + page.path("next_token").asText() : null;
    }

    assertThat(found).containsExactly("m6", "m5", "m4", "m3", "m2", "m1", "m0");
  }

  @Test
  void read_followsTheReceipt() {
    String one = alice.say(room, "one");
    alice.say(room, "two");
    bob.receipt(room, "m.read.private", one);

    JsonNode list = list("");

    assertThat(list.at("/notifications/0/read").asBoolean(true)).isFalse();
    assertThat(list.at("/notifications/1/read").asBoolean(false)).isTrue();
  }

  @Test
  void only_highlight_leavesOutTheOthers() {
    alice.say(room, "one");
    alice.send(
        room,
        "m.room.message",
        "{'msgtype':'m.text','body':'you','m.mentions':{'user_ids':['" + bob.id() + "']}}");
    alice.say(room, "two");

    assertThat(bodies(list("?only=highlight"))).containsExactly("you");
  }

  @Test
  void redactedAndIgnored_areNotListed() {
    String one = alice.say(room, "one");
    alice.say(room, "two");
    alice.client().put(Follower.in(room) + "/redact/" + one + "/t", "{}").ok();
    assertThat(bodies(list(""))).containsExactly("two");

    bob.client()
        .put(
            "/user/" + bob.id() + "/account_data/m.ignored_user_list",
            "{'ignored_users':{'" + alice.id() + "':{}}}")
        .ok();

    assertThat(bodies(list(""))).isEmpty();
  }

  @Test
  void room_thatWasLeft_isNotListed() {
    alice.say(room, "one");
    bob.leave(room);
    alice.say(room, "two");

    assertThat(bodies(list(""))).isEmpty();
  }

  @Test
  void invites_thatArePending_areListedAmongMessages() {
    alice.say(room, "one");
    String first = alice.createRoom("{'name':'first','invite':['" + bob.id() + "']}");
    alice.say(room, "two");
    String second = alice.createRoom("{'name':'second','invite':['" + bob.id() + "']}");

    JsonNode list = list("");

    assertThat(rooms(list)).containsExactly(second, room, first, room);
    JsonNode invite = list.path("notifications").get(0);
    assertThat(invite.at("/event/content/membership").asText()).isEqualTo("invite");
    assertThat(invite.path("actions").get(0).asText()).isEqualTo("notify");
    assertThat(invite.path("read").asBoolean(true)).isFalse();
    assertThat(rooms(list("?limit=1"))).containsExactly(second);
    String next = list("?limit=2").path("next_token").asText();
    assertThat(rooms(list("?from=" + next))).containsExactly(first, room);

    bob.client().post(Follower.in(second) + "/leave", "{}").ok();
    assertThat(rooms(list(""))).as("the second was turned down").doesNotContain(second);
  }

  @Test
  void invites_thatNoRuleNotifiesOf_areNotListed() {
    bob.client().put("/pushrules/global/override/.m.rule.invite_for_me/enabled", DISABLED).ok();
    alice.createRoom("{'invite':['" + bob.id() + "']}");
    assertThat(rooms(list(""))).isEmpty();

    bob.client()
        .put("/pushrules/global/override/.m.rule.invite_for_me/enabled", "{'enabled':true}")
        .ok();
    assertThat(rooms(list(""))).hasSize(1);

    String blocked = "{'default_action':'block'}";
    bob.client()
        .put("/user/" + bob.id() + "/account_data/m.invite_permission_config", blocked)
        .ok();
    assertThat(rooms(list(""))).as("who wants no invites").isEmpty();
  }

  @Test
  void invites_ofManyRooms_areAllListed() {
    List<String> invited = new ArrayList<>();
    for (int i = 0; i < 110; i++) {
      invited.add(0, alice.createRoom("{'invite':['" + bob.id() + "']}"));
    }
    List<String> found = new ArrayList<>();
    String from = "";
    while (from != null) {
      JsonNode page = list("?limit=100" + from);
      found.addAll(rooms(page));
      from = page.has("next_token") ? "&from=" + page.path("next_token").asText() : null;
    }

    assertThat(found).containsExactlyElementsOf(invited);
  }

  @Test
  void displayName_inAMessage_standsOutAsInTheCount() {
    bob.rename("Bobby");
    bob.client()
        .put(
            "/pushrules/global/override/name",
            "{'conditions':[{'kind':'contains_display_name'}],"
                + "'actions':['notify',{'set_tweak':'highlight'}]}")
        .ok();
    alice.say(room, "hello Bobby");
    alice.say(room, "hello all");

    assertThat(bodies(list("?only=highlight"))).containsExactly("hello Bobby");
    JsonNode counts = Follower.joined(bob.anew().sync(), room).path("unread_notifications");
    assertThat(counts.path("highlight_count").asInt()).isEqualTo(1);
  }

  @ParameterizedTest
  @ValueSource(strings = {"?from=x", "?from=n", "?from=-1", "?limit=0", "?limit=-1", "?limit=x"})
  void badParameters_areTold(String query) {
    assertThat(bob.client().get("/notifications" + query).error()).isEqualTo("400 M_INVALID_PARAM");
  }

  private JsonNode list(String query) {
    return bob.client().get("/notifications" + query).ok();
  }

  private static List<String> rooms(JsonNode list) {
    List<String> rooms = new ArrayList<>();
    list.path("notifications").forEach(each -> rooms.add(each.path("room_id").asText()));
    return rooms;
  }

  private static List<String> bodies(JsonNode list) {
    List<String> bodies = new ArrayList<>();
    for (JsonNode each : list.path("notifications")) {
      bodies.add(each.at("/event/content/body").asText());
    }
    return bodies;
  }
}
