package dev.stele.server.http.client;

import static dev.stele.server.http.client.Directory.change;
import static dev.stele.server.http.client.Directory.createRoom;
import static dev.stele.server.http.client.Directory.join;
import static dev.stele.server.http.client.Directory.redact;
import static dev.stele.server.http.client.Directory.setState;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.google.errorprone.annotations.CanIgnoreReturnValue;
import dev.stele.server.testing.TestServer.Answer;
import dev.stele.server.testing.TestServer.Client;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Spaces and rooms as they look from outside: {@code hierarchy} and {@code room_summary}. */
final class SpaceTest extends AmongThree {
  @Test
  void hierarchy_ofSpacesInSpaces_goesIntoEachFirst() {
    String root = space("Root");
    String inner = space("Inner");
    String first = room("First");
    String second = room("Second");
    String last = room("Last");
    hold(root, last, "{'via':['test'],'order':'z'}");
    hold(root, inner, "{'via':['test'],'order':'a'}");
    hold(inner, second, "{'via':['test']}");
    hold(inner, first, "{'via':['test'],'order':'~'}");
    hold(inner, root, "{'via':['test']}");

    JsonNode rooms = hierarchy(bob, root, "").ok().path("rooms");

    assertThat(rooms.findValuesAsText("name"))
        .containsExactly("Root", "Inner", "First", "Second", "Last");
    JsonNode child = rooms.get(0).path("children_state").get(0);
    assertThat(child.path("state_key").asText()).isEqualTo(inner);
    assertThat(child.path("type").asText()).isEqualTo("m.space.child");
    assertThat(child.path("sender").asText()).isEqualTo(alice.userId());
    assertThat(child.path("content").path("order").asText()).isEqualTo("a");
    assertThat(child.path("origin_server_ts").isIntegralNumber()).isTrue();
    assertThat(child).hasSize(5);
    assertThat(rooms.get(2).path("children_state")).isEmpty();
    assertThat(rooms.get(0).path("room_type").asText()).isEqualTo("m.space");
    assertThat(rooms.get(0).path("room_version").asText()).isEqualTo("12");
  }

  @Test
  void hierarchy_ordersChildren_byOrderThenTimeThenId() {
    String root = space("Root");
    List<String> names = List.of("timed-1", "timed-2", "third", "second", "invalid", "first");
    List<String> orders = List.of("", "", "first", "aaaa", "\\u00e4", " ");
    for (int i = 0; i < names.size(); i++) {
      String order = orders.get(i).isEmpty() ? "" : ",'order':'" + orders.get(i) + "'";
      hold(root, room(names.get(i)), "{'via':['test']" + order + "}");
    }
    assertThat(names(hierarchy(bob, root, "")))
        .containsExactly("Root", "first", "second", "third", "timed-1", "timed-2", "invalid");
  }

  @Test
  void hierarchy_invalidAndRemovedChildren_areIgnored() {
    String root = space("Root");
    String removed = room("Removed");
    String redacted = room("Redacted");
    hold(root, room("Good"), "{'via':['test']}");
    hold(root, room("No via"), "{}");
    hold(root, room("Empty via"), "{'via':[]}");
    hold(root, room("Wrong via"), "{'via':'test'}");
    hold(root, room("Numbers"), "{'via':[1]}");
    hold(root, "!unknown:elsewhere", "{'via':['elsewhere']}");
    hold(root, "nonsense", "{'via':['test']}");
    hold(root, removed, "{'via':['test']}");
    hold(root, removed, "{}");
    redact(alice, root, hold(root, redacted, "{'via':['test']}"));

    JsonNode rooms = hierarchy(bob, root, "").ok().path("rooms");
    assertThat(rooms.findValuesAsText("name")).containsExactly("Root", "Good");
    assertThat(rooms.get(0).path("children_state")).as("with the unknown one").hasSize(2);
  }

  @Test
  void hierarchy_suggestedOnly_looksAtNoOthers() {
    String root = space("Root");
    String inner = space("Inner");
    hold(root, inner, "{'via':['test'],'suggested':true}");
    hold(root, room("Plain"), "{'via':['test']}");
    hold(inner, room("Deep"), "{'via':['test'],'suggested':true}");
    hold(inner, room("Odd"), "{'via':['test'],'suggested':'true'}");

    Answer answer = hierarchy(bob, root, "?suggested_only=true");
    assertThat(names(answer)).containsExactly("Root", "Inner", "Deep");
    assertThat(answer.json().path("rooms").get(0).path("children_state")).hasSize(1);
  }

  @Test
  void hierarchy_maxDepth_endsThere() {
    String root = space("Root");
    String inner = space("Inner");
    hold(root, inner, "{'via':['test']}");
    hold(inner, room("Deep"), "{'via':['test']}");
    assertThat(names(hierarchy(bob, root, "?max_depth=0"))).containsExactly("Root");
    assertThat(names(hierarchy(bob, root, "?max_depth=1"))).containsExactly("Root", "Inner");
    assertThat(names(hierarchy(bob, root, "?max_depth=99"))).hasSize(3);
  }

  @Test
  void hierarchy_pages_leaveNothingOut() {
    String root = space("Root");
    List<String> expected = new ArrayList<>(List.of("Root"));
    for (int i = 0; i < 5; i++) {
      String inner = space("S" + i);
      hold(root, inner, "{'via':['test'],'order':'" + i + "'}");
      hold(inner, room("R" + i), "{'via':['test']}");
      expected.addAll(List.of("S" + i, "R" + i));
    }
    List<String> met = new ArrayList<>();
    Answer page = hierarchy(bob, root, "?limit=3");
    met.addAll(names(page));
    while (page.json().has("next_batch")) {
      String from = page.json().path("next_batch").asText();
      page = hierarchy(bob, root, "?limit=3&from=" + from);
      assertThat(names(hierarchy(bob, root, "?limit=3&from=" + from))).isEqualTo(names(page));
      met.addAll(names(page));
    }
    assertThat(met).isEqualTo(expected);
  }

  @Test
  void hierarchy_ofVeryManyChildren_endsAPageEarly_andLeavesNothingOut() {
    String root = space("Root");
    String wide = space("Wide");
    hold(root, wide, "{'via':['test'],'order':'a'}");
    hold(root, space("Next"), "{'via':['test'],'order':'b'}");
    for (int i = 0; i < 1_000; i++) {
      hold(wide, "!child" + i + ":elsewhere", "{'via':['elsewhere']}");
    }

    JsonNode first = hierarchy(bob, root, "").ok();
    assertThat(first.path("rooms").findValuesAsText("name")).containsExactly("Root", "Wide");
    assertThat(first.at("/rooms/1/children_state")).hasSize(1_000);
    List<String> met = new ArrayList<>();
    JsonNode page = first;
    while (page.has("next_batch")) {
      page = hierarchy(bob, root, "?from=" + page.path("next_batch").asText()).ok();
      met.addAll(page.path("rooms").findValuesAsText("name"));
    }
    assertThat(met).containsExactly("Next");
  }

  @Test
  void hierarchy_tokens_areGoodForTheirWalkAlone() {
    String root = space("Root");
    String other = space("Other");
    hold(root, room("A"), "{'via':['test']}");
    String from = hierarchy(bob, root, "?limit=1").ok().path("next_batch").asText();

    assertThat(names(hierarchy(bob, root, "?from=" + from))).containsExactly("A");
    for (String query :
        List.of("?from=x", "?suggested_only=true&from=" + from, "?max_depth=1&from=" + from)) {
      assertThat(hierarchy(bob, root, query).error()).as(query).isEqualTo("400 M_INVALID_PARAM");
    }
    assertThat(hierarchy(carol, root, "?from=" + from).error()).isEqualTo("400 M_INVALID_PARAM");
    assertThat(hierarchy(bob, other, "?from=" + from).error()).isEqualTo("400 M_INVALID_PARAM");
    for (String query : List.of("?limit=0", "?limit=x", "?max_depth=-1", "?suggested_only=maybe")) {
      assertThat(hierarchy(bob, root, query).error()).as(query).isEqualTo("400 M_INVALID_PARAM");
    }
  }

  @Test
  void hierarchy_showsRoomsToThoseWhoMayKnowOfThem() {
    String root = space("Root");
    String hidden = createRoom(alice, "{'preset':'private_chat','name':'Private'}");
    String allowed = createRoom(alice, "{'preset':'private_chat','name':'Allowing'}");
    hold(root, hidden, "{'via':['test']}");
    hold(root, ruled("Knock", "{'join_rule':'knock'}"), "{'via':['test']}");
    hold(root, ruled("Open", allowing("knock_restricted", allowed)), "{'via':['test']}");
    hold(root, ruled("Restricted", allowing("restricted", allowed)), "{'via':['test']}");
    String readable = ruled("Readable", "{'join_rule':'invite'}");
    setState(
        alice, readable, "m.room.history_visibility", "{'history_visibility':'world_readable'}");
    hold(root, readable, "{'via':['test']}");

    assertThat(names(hierarchy(bob, root, "")))
        .containsExactly("Root", "Knock", "Open", "Readable");
    change(alice, allowed, "invite", bob).ok();
    assertThat(names(hierarchy(bob, root, ""))).doesNotContain("Restricted");
    join(bob, allowed).ok();
    assertThat(names(hierarchy(bob, root, "")))
        .containsExactly("Root", "Knock", "Open", "Restricted", "Readable");
    change(alice, hidden, "invite", bob).ok();
    assertThat(names(hierarchy(bob, root, ""))).contains("Private");
    join(bob, hidden).ok();
    assertThat(names(hierarchy(bob, root, ""))).contains("Private");
    bob.post(Directory.path(hidden) + "/leave", "{}").ok();
    assertThat(names(hierarchy(bob, root, ""))).doesNotContain("Private");
    change(alice, readable, "ban", bob).ok();
    assertThat(names(hierarchy(bob, root, ""))).contains("Readable");
    JsonNode open = hierarchy(bob, root, "").ok().path("rooms").get(2);
    assertThat(open.path("allowed_room_ids").toString()).isEqualTo("[\"" + allowed + "\"]");
  }

  @Test
  void hierarchy_ofRoomsThatMayNotBeKnown_isForbidden() {
    String hidden = createRoom(alice, "{'preset':'private_chat'}");
    String open = space("Open");
    change(alice, open, "ban", bob).ok();
    assertThat(hierarchy(bob, hidden, "").error()).isEqualTo("403 M_FORBIDDEN");
    assertThat(hierarchy(bob, open, "").error()).isEqualTo("403 M_FORBIDDEN");
    assertThat(hierarchy(bob, "!nowhere:test", "").error()).isEqualTo("403 M_FORBIDDEN");
    assertThat(hierarchy(bob, "nonsense", "").error()).isEqualTo("400 M_INVALID_PARAM");
    assertThat(hierarchy(server.anonymous(), open, "").error()).isEqualTo("401 M_MISSING_TOKEN");
    String plain = room("Plain");
    assertThat(names(hierarchy(bob, plain, ""))).as("a room is a hierarchy of one").hasSize(1);
  }

  @Test
  void summary_ofAnOpenRoom_isForEverybody() {
    String room =
        createRoom(alice, "{'preset':'public_chat','name':'Hall','room_alias_name':'hall'}");

    JsonNode stranger = summary(server.anonymous(), "#hall:test").ok();
    assertThat(stranger.path("room_id").asText()).isEqualTo(room);
    assertThat(stranger.path("name").asText()).isEqualTo("Hall");
    assertThat(stranger.path("num_joined_members").asInt()).isEqualTo(1);
    assertThat(stranger.has("membership")).isFalse();
    assertThat(membership(bob, room)).isEqualTo("leave");
    join(bob, room).ok();
    assertThat(membership(bob, room)).isEqualTo("join");
    assertThat(bob.get(summaryPath(room) + "?via=elsewhere&via=a").status()).isEqualTo(200);
    change(alice, room, "ban", bob).ok();
    assertThat(summary(bob, room).error()).isEqualTo("404 M_NOT_FOUND");
  }

  @Test
  void summary_ofAPrivateRoom_isForThoseInvited() {
    String room = createRoom(alice, "{'preset':'private_chat','name':'Den'}");
    assertThat(summary(server.anonymous(), room).error()).isEqualTo("404 M_NOT_FOUND");
    assertThat(summary(bob, room).error()).isEqualTo("404 M_NOT_FOUND");
    change(alice, room, "invite", bob).ok();
    assertThat(membership(bob, room)).isEqualTo("invite");
    join(bob, room).ok();
    bob.post(Directory.path(room) + "/leave", "{}").ok();
    assertThat(summary(bob, room).error()).isEqualTo("404 M_NOT_FOUND");
    setState(alice, room, "m.room.join_rules", "{'join_rule':'knock'}");
    bob.post("/knock/" + Client.encode(room), "{}").ok();
    assertThat(membership(bob, room)).isEqualTo("knock");
    setState(alice, room, "m.room.encryption", "{'algorithm':'m.megolm.v1.aes-sha2'}");
    assertThat(summary(server.anonymous(), room).ok().path("encryption").asText())
        .isEqualTo("m.megolm.v1.aes-sha2");
  }

  @Test
  void summary_badRequests_areRefused() {
    assertThat(summary(bob, "nonsense").error()).isEqualTo("400 M_INVALID_PARAM");
    assertThat(summary(bob, "#nowhere:test").error()).isEqualTo("404 M_NOT_FOUND");
    assertThat(summary(bob, "#nowhere:elsewhere").error()).isEqualTo("404 M_NOT_FOUND");
    assertThat(summary(bob, "!nowhere:elsewhere").error()).isEqualTo("404 M_NOT_FOUND");
    Client liar = new Client(server, "@liar:test", "nonsense");
    assertThat(summary(liar, "!nowhere:test").error()).isEqualTo("401 M_UNKNOWN_TOKEN");
  }

  private String space(String name) {
    return createRoom(
        alice,
        "{'preset':'public_chat','name':'" + name + "','creation_content':{'type':'m.space'}}");
  }

  private String room(String name) {
    return createRoom(alice, "{'preset':'public_chat','name':'" + name + "'}");
  }

  private String ruled(String name, String joinRules) {
    String room = createRoom(alice, "{'preset':'private_chat','name':'" + name + "'}");
    setState(alice, room, "m.room.join_rules", joinRules);
    return room;
  }

  private static String allowing(String rule, String room) {
    return "{'join_rule':'"
        + rule
        + "','allow':[{'type':'m.room_membership','room_id':'"
        + room
        + "'}]}";
  }

  @CanIgnoreReturnValue
  private String hold(String space, String child, String json) {
    return setState(alice, space, "m.space.child/" + Client.encode(child), json);
  }

  private static Answer hierarchy(Client user, String room, String query) {
    return user.get("/_matrix/client/v1/rooms/" + Client.encode(room) + "/hierarchy" + query);
  }

  private static List<String> names(Answer answer) {
    return answer.ok().path("rooms").findValuesAsText("name");
  }

  private static Answer summary(Client user, String room) {
    return user.get(summaryPath(room));
  }

  private static String summaryPath(String room) {
    return "/_matrix/client/v1/room_summary/" + Client.encode(room);
  }

  private static String membership(Client user, String room) {
    return summary(user, room).ok().path("membership").asText();
  }
}
