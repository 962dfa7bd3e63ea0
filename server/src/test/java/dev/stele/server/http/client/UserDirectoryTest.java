package dev.stele.server.http.client;

import static dev.stele.server.http.client.Directory.change;
import static dev.stele.server.http.client.Directory.createRoom;
import static dev.stele.server.http.client.Directory.join;
import static dev.stele.server.http.client.Directory.name;
import static dev.stele.server.http.client.Directory.setState;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.stele.server.testing.TestServer;
import dev.stele.server.testing.TestServer.Client;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Finding users, what two have in common, and other networks. */
class UserDirectoryTest {
  private static TestServer server;
  private static Client seeker;
  private static String hall;

  @BeforeAll
  static void start() {
    server = new TestServer();
    seeker = server.register("seeker");
    hall = createRoom(seeker, "{'preset':'public_chat'}");
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  @Test
  void search_findsWordsOfIdsAndNames_howeverWritten() {
    Client zoe = inTheHall("zoe.smith");
    name(zoe, "Zoë Müller 田中さん \\ud83e\\udd8a");
    zoe.put("/profile/" + zoe.userId() + "/avatar_url", "{'avatar_url':'mxc://test/z'}").ok();

    for (String term :
        List.of(
            "zoe",
            "ZOË",
            "zo mul",
            "muller z",
            "smi",
            "@zoe",
            "@zoe.smith:te",
            "@zoe.smith:test",
            "田中",
            "中さん",
            "\\ud83e\\udd8a")) {
      assertThat(found(seeker, term)).as(term).containsExactly(zoe.userId());
    }
    for (String term :
        List.of("oe", "zoe miller", "@zoe.smith:elsewhere", "", " ", "!", "test", "\\u0000")) {
      assertThat(found(seeker, term)).as(term).isEmpty();
    }
    JsonNode user = search(seeker, "zoe", 10).path("results").get(0);
    assertThat(user.path("display_name").asText()).startsWith("Zoë Müller");
    assertThat(user.path("avatar_url").asText()).isEqualTo("mxc://test/z");
  }

  @Test
  void search_afterANewName_forgetsTheOldOne() {
    Client user = inTheHall("renamed");
    name(user, "Aardvark");
    assertThat(found(seeker, "aardvark")).containsExactly(user.userId());
    name(user, "Buffalo");
    assertThat(found(seeker, "aardvark")).isEmpty();
    assertThat(found(seeker, "buffalo")).containsExactly(user.userId());
    user.request("DELETE", "/profile/" + user.userId() + "/displayname").ok();
    assertThat(found(seeker, "buffalo")).isEmpty();
    assertThat(found(seeker, "renamed")).containsExactly(user.userId());
  }

  @Test
  void search_showsThoseWhomOneMayKnowOf() {
    Client hermit = server.register("hermit");
    Client friend = server.register("friend");
    assertThat(found(friend, "hermit")).as("in no room").isEmpty();

    String den = createRoom(hermit, "{'preset':'private_chat'}");
    assertThat(found(friend, "hermit")).as("in a private room").isEmpty();
    change(hermit, den, "invite", friend).ok();
    assertThat(found(friend, "hermit")).as("invited").isEmpty();
    join(friend, den).ok();
    assertThat(found(friend, "hermit")).as("together").containsExactly(hermit.userId());
    assertThat(found(seeker, "hermit")).as("of others").isEmpty();
    friend.post(Directory.path(den) + "/leave", "{}").ok();
    assertThat(found(friend, "hermit")).as("left").isEmpty();
    join(hermit, hall).ok();
    change(seeker, hall, "ban", hermit).ok();
    assertThat(found(friend, "hermit")).as("banned from the public room").isEmpty();

    setState(hermit, den, "m.room.history_visibility", "{'history_visibility':'world_readable'}");
    assertThat(found(friend, "hermit")).as("readable").containsExactly(hermit.userId());
    setState(hermit, den, "m.room.history_visibility", "{'history_visibility':'joined'}");
    setState(hermit, den, "m.room.join_rules", "{'join_rule':'public'}");
    assertThat(found(seeker, "hermit")).as("public").containsExactly(hermit.userId());
  }

  @Test
  void search_limit_isTold() {
    for (int i = 0; i < 4; i++) {
      Client user = inTheHall("crowd" + i);
      if (i == 2) {
        name(user, "Crowd");
      }
    }
    JsonNode two = search(seeker, "crowd", 2);
    assertThat(two.path("results")).hasSize(2);
    assertThat(two.path("results").get(0).path("user_id").asText())
        .as("the word itself comes first")
        .isEqualTo("@crowd2:test");
    assertThat(two.path("limited").asBoolean()).isTrue();
    assertThat(search(seeker, "crowd", 4).path("limited").asBoolean()).isFalse();
    assertThat(search(seeker, "crowd", 1_000_000).path("results")).hasSize(4);
  }

  @Test
  void search_badRequests_areRefused() {
    assertThat(error("{}")).isEqualTo("400 M_MISSING_PARAM");
    assertThat(error("{'search_term':1}")).isEqualTo("400 M_BAD_JSON");
    assertThat(error("{'search_term':'x','limit':'1'}")).isEqualTo("400 M_BAD_JSON");
    assertThat(error("{'search_term':'x','limit':0}")).isEqualTo("400 M_INVALID_PARAM");
    assertThat(error("[]")).isEqualTo("400 M_BAD_JSON");
    assertThat(server.anonymous().post("/user_directory/search", "{'search_term':'x'}").error())
        .isEqualTo("401 M_MISSING_TOKEN");
    assertThat(found(seeker, "x".repeat(10_000))).isEmpty();
  }

  @Test
  void mutualRooms_areThoseThatBothAreIn() {
    Client a = server.register("mutual-a");
    Client b = server.register("mutual-b");
    String both = createRoom(a, "{'preset':'public_chat'}");
    String invited = createRoom(a, "{'preset':'public_chat'}");
    String left = createRoom(a, "{'preset':'public_chat'}");
    createRoom(a, "{}");
    join(b, both).ok();
    change(a, invited, "invite", b).ok();
    join(b, left).ok();
    assertThat(joined(mutual(a, b, ""))).containsExactlyInAnyOrder(both, left);
    b.post(Directory.path(left) + "/leave", "{}").ok();

    assertThat(mutual(a, b, "").toString())
        .isEqualTo("{\"joined\":[\"" + both + "\"],\"count\":1}");
    assertThat(joined(mutual(b, a, ""))).containsExactly(both);
    change(a, both, "ban", b).ok();
    assertThat(joined(mutual(a, b, ""))).isEmpty();
  }

  @Test
  void mutualRooms_ofMany_comeInBatches() {
    Client a = server.register("many-a");
    Client b = server.register("many-b");
    List<String> rooms = new ArrayList<>();
    for (int i = 0; i < 101; i++) {
      rooms.add(createRoom(a, "{'preset':'public_chat'}"));
      join(b, rooms.get(i)).ok();
    }
    JsonNode first = mutual(a, b, "");
    assertThat(first.path("joined")).hasSize(100);
    assertThat(first.path("count").asInt()).isEqualTo(101);
    JsonNode second = mutual(a, b, "&from=" + first.path("next_batch").asText());
    assertThat(second.path("joined")).hasSize(1);
    assertThat(second.path("count").asInt()).isEqualTo(101);
    assertThat(second.has("next_batch")).isFalse();
    List<String> all = new ArrayList<>(joined(first));
    all.addAll(joined(second));
    assertThat(all).containsExactlyInAnyOrderElementsOf(rooms);
  }

  @Test
  void mutualRooms_badRequests_areRefused() {
    String path = "/_matrix/client/v1/mutual_rooms";
    assertThat(seeker.get(path).error()).isEqualTo("400 M_MISSING_PARAM");
    for (String query :
        List.of(
            "?user_id=@seeker:test",
            "?user_id=nobody",
            "?user_id=@caf%C3%A9:test",
            "?user_id=@nobody:test&from=x",
            "?user_id=@nobody:test&from=")) {
      assertThat(seeker.get(path + query).error()).as(query).isEqualTo("400 M_INVALID_PARAM");
    }
    assertThat(seeker.get(path + "?user_id=@nobody:test").ok().toString())
        .isEqualTo("{\"joined\":[],\"count\":0}");
    assertThat(server.anonymous().get(path + "?user_id=@nobody:test").error())
        .isEqualTo("401 M_MISSING_TOKEN");
  }

  @Test
  void otherNetworks_areNone() {
    assertThat(seeker.get("/thirdparty/protocols").ok().toString()).isEqualTo("{}");
    for (String path :
        List.of(
            "protocol/irc",
            "location/irc?channel=a",
            "user/irc?nick=a",
            "location?alias=%23a:test",
            "user?userid=@a:test")) {
      assertThat(seeker.get("/thirdparty/" + path).error()).as(path).isEqualTo("404 M_NOT_FOUND");
    }
    assertThat(seeker.get("/thirdparty/location").error()).isEqualTo("400 M_MISSING_PARAM");
    assertThat(seeker.get("/thirdparty/user").error()).isEqualTo("400 M_MISSING_PARAM");
    assertThat(server.anonymous().get("/thirdparty/protocols").error())
        .isEqualTo("401 M_MISSING_TOKEN");
  }

  private static Client inTheHall(String localpart) {
    Client user = server.register(localpart);
    join(user, hall).ok();
    return user;
  }

  private static JsonNode search(Client user, String term, int limit) {
    return user.post(
            "/user_directory/search", "{'search_term':'" + term + "','limit':" + limit + "}")
        .ok();
  }

  private static List<String> found(Client user, String term) {
    return search(user, term, 10).path("results").findValuesAsText("user_id");
  }

  private static String error(String json) {
    return seeker.post("/user_directory/search", json).error();
  }

  private static JsonNode mutual(Client user, Client other, String more) {
    return user.get("/_matrix/client/v1/mutual_rooms?user_id=" + other.userId() + more).ok();
  }

  private static List<String> joined(JsonNode answer) {
    List<String> rooms = new ArrayList<>();
    answer.path("joined").forEach(room -> rooms.add(room.asText()));
    return rooms;
  }
}
