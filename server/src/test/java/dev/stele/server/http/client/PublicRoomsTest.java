package dev.stele.server.http.client;

import static dev.stele.server.http.client.Directory.createRoom;
import static dev.stele.server.http.client.Directory.join;
import static dev.stele.server.http.client.Directory.setState;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.google.errorprone.annotations.CanIgnoreReturnValue;
import dev.stele.server.testing.TestServer;
import dev.stele.server.testing.TestServer.Client;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The room directory as its readers see it. */
class PublicRoomsTest {
  private static TestServer server;
  private static Client admin;
  private static Client alice;
  private static Client bob;

  /** Seven rooms whose names begin with Page, listed in this order. */
  private static final List<String> paged = new ArrayList<>();

  @BeforeAll
  static void start() {
    server = new TestServer();
    admin = server.register("root");
    alice = server.register("alice");
    bob = server.register("bob");
    for (int i = 0; i < 7; i++) {
      paged.add(listed("'name':'Page " + i + "','topic':'Turning pages'"));
    }
    join(bob, paged.get(3)).ok();
    join(bob, paged.get(4)).ok();
    join(admin, paged.get(4)).ok();
    List<String> largest = List.of(paged.get(4), paged.get(3));
    List<String> order = ids(query("{'filter':{'generic_search_term':'page'}}"));
    assertThat(order)
        .containsExactlyInAnyOrderElementsOf(paged)
        .startsWith(largest.toArray(String[]::new));
    paged.clear();
    paged.addAll(order);
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  @Test
  void list_anybody_readsWhatRoomsLookLike() {
    String room =
        listed(
            "'name':'Look','topic':'Of it','room_alias_name':'look',"
                + "'creation_content':{'type':'m.space'}");
    setState(alice, room, "m.room.avatar", "{'url':'mxc://test/a'}");
    setState(alice, room, "m.room.guest_access", "{'guest_access':'can_join'}");

    JsonNode shown = only(search(alice, "look"));

    assertThat(shown.toString())
        .isEqualTo(
            ("{'room_id':'"
                    + room
                    + "','name':'Look','topic':'Of it','canonical_alias':'#look:test',"
                    + "'avatar_url':'mxc://test/a','room_type':'m.space','join_rule':'public',"
                    + "'num_joined_members':1,'world_readable':false,'guest_can_join':true}")
                .replace('\'', '"'));
    assertThat(ids(server.anonymous().get("/publicRooms?limit=100").ok())).contains(room);
  }

  @Test
  void list_unlistedRooms_areNotShown() {
    String room = createRoom(alice, "{'preset':'public_chat','name':'Unlisted'}");
    assertThat(ids(search(bob, "unlisted"))).isEmpty();
    alice.put("/directory/list/room/" + Client.encode(room), "{}").ok();
    assertThat(ids(search(bob, "unlisted"))).containsExactly(room);
    alice.put("/directory/list/room/" + Client.encode(room), "{'visibility':'private'}").ok();
    assertThat(ids(search(bob, "unlisted"))).isEmpty();
  }

  @Test
  void list_pages_leadForthAndBack() {
    JsonNode first = page("");
    assertThat(ids(first)).isEqualTo(paged.subList(0, 3));
    assertThat(first.has("prev_batch")).isFalse();
    JsonNode second = page(first.path("next_batch").asText());
    assertThat(ids(second)).isEqualTo(paged.subList(3, 6));
    JsonNode third = page(second.path("next_batch").asText());
    assertThat(ids(third)).isEqualTo(paged.subList(6, 7));
    assertThat(third.has("next_batch")).isFalse();

    JsonNode back = page(third.path("prev_batch").asText());
    assertThat(ids(back)).isEqualTo(paged.subList(3, 6));
    JsonNode beginning = page(back.path("prev_batch").asText());
    assertThat(ids(beginning)).isEqualTo(paged.subList(0, 3));
    assertThat(beginning.has("prev_batch")).isFalse();
    assertThat(ids(page(beginning.path("next_batch").asText()))).isEqualTo(paged.subList(3, 6));
  }

  @Test
  void search_findsWordsOfNameTopicAndAlias() {
    String cafe = listed("'name':'Café Straße','topic':'東京タワーの話','room_alias_name':'coffee_bar'");
    for (String term :
        List.of("cafe", "CAFÉ", "stras", "strasse cafe", "東京", "タワー", "coffee", "bar caf")) {
      assertThat(ids(search(bob, term))).as(term).containsExactly(cafe);
    }
    assertThat(ids(search(bob, "afé"))).isEmpty();
    assertThat(ids(search(bob, "cafe nothing"))).isEmpty();
    assertThat(ids(search(bob, "':* | '"))).isEmpty();
    assertThat(ids(search(bob, ""))).hasSizeGreaterThan(7);
    setState(alice, cafe, "m.room.name", "{'name':'Renamed'}");
    assertThat(ids(search(bob, "strasse"))).isEmpty();
    assertThat(ids(search(bob, "renamed"))).containsExactly(cafe);
  }

  @Test
  void filter_roomTypes_picksThem() {
    String plain = listed("'name':'Kind of plain'");
    String space = listed("'name':'Kind of space','creation_content':{'type':'m.space'}");
    String other = listed("'name':'Kind of other','creation_content':{'type':'org.other'}");

    assertThat(ids(kinds("[null]"))).containsExactly(plain);
    assertThat(ids(kinds("['m.space']"))).containsExactly(space);
    assertThat(ids(kinds("['org.other',null]"))).containsExactlyInAnyOrder(plain, other);
    assertThat(ids(kinds("[]"))).isEmpty();
    assertThat(ids(query("{'filter':{'room_types':['org.other']}}"))).containsExactly(other);
    assertThat(ids(query("{'filter':{'room_types':null,'generic_search_term':'kind'}}")))
        .containsExactlyInAnyOrder(plain, space, other);
  }

  @Test
  void list_networks_areNone() {
    assertThat(ids(query("{'third_party_instance_id':'irc'}"))).isEmpty();
    assertThat(ids(query("{'include_all_networks':true}"))).isNotEmpty();
    assertThat(error("{'include_all_networks':true,'third_party_instance_id':'irc'}"))
        .isEqualTo("400 M_INVALID_PARAM");
  }

  @Test
  void list_count_isThatOfAllListedRooms() {
    int before = page("").path("total_room_count_estimate").asInt();
    listed("'name':'One more'");
    assertThat(page("").path("total_room_count_estimate").asInt()).isEqualTo(before + 1);
  }

  @Test
  void list_badRequests_areRefused() {
    Client anybody = server.anonymous();
    assertThat(anybody.get("/publicRooms?limit=0").error()).isEqualTo("400 M_INVALID_PARAM");
    assertThat(anybody.get("/publicRooms?limit=-1").error()).isEqualTo("400 M_INVALID_PARAM");
    assertThat(anybody.get("/publicRooms?limit=x").error()).isEqualTo("400 M_INVALID_PARAM");
    assertThat(anybody.get("/publicRooms?limit=99999999999").status()).isEqualTo(200);
    for (String token : List.of("x", "!!", "bjEgIQ", "cDEgIWEAYg", "%F0%9F%8D%B5")) {
      assertThat(anybody.get("/publicRooms?since=" + token).error())
          .as(token)
          .isEqualTo("400 M_INVALID_PARAM");
    }
    assertThat(anybody.get("/publicRooms?server=elsewhere.org").error()).isEqualTo("502 M_UNKNOWN");
    assertThat(anybody.get("/publicRooms?server=test").status()).isEqualTo(200);
    assertThat(anybody.post("/publicRooms", "{}").error()).isEqualTo("401 M_MISSING_TOKEN");
    assertThat(error("{'filter':[]}")).isEqualTo("400 M_BAD_JSON");
    assertThat(error("{'filter':{'generic_search_term':1}}")).isEqualTo("400 M_BAD_JSON");
    assertThat(error("{'filter':{'room_types':'m.space'}}")).isEqualTo("400 M_BAD_JSON");
    assertThat(error("{'filter':{'room_types':[1]}}")).isEqualTo("400 M_BAD_JSON");
    assertThat(error("{'limit':'x'}")).isEqualTo("400 M_BAD_JSON");
    assertThat(error("{'since':'x'}")).isEqualTo("400 M_INVALID_PARAM");
  }

  @Test
  void publishing_reservedForAdministrators_isRefusedToOthers() {
    try (TestServer strict = new TestServer("room_directory: { anyone_may_publish: false }\n")) {
      Client user = strict.register("user");
      String room = createRoom(user, "{'preset':'public_chat'}");
      String path = "/directory/list/room/" + Client.encode(room);
      assertThat(user.put(path, "{}").error()).isEqualTo("403 M_FORBIDDEN");
      user.put(path, "{'visibility':'private'}").ok();
      assertThat(ids(strict.anonymous().get("/publicRooms").ok())).isEmpty();
    }
  }

  @CanIgnoreReturnValue
  private static String listed(String fields) {
    return createRoom(alice, "{'preset':'public_chat','visibility':'public'," + fields + "}");
  }

  private static JsonNode page(String since) {
    return query(
        "{'limit':3,'filter':{'generic_search_term':'page'}"
            + (since.isEmpty() ? "" : ",'since':'" + since + "'")
            + "}");
  }

  private static JsonNode kinds(String types) {
    return query("{'filter':{'room_types':" + types + ",'generic_search_term':'kind'}}");
  }

  private static JsonNode search(Client user, String term) {
    return user.post(
            "/publicRooms",
            "{'filter':{'generic_search_term':'" + term.replace("'", "\\u0027") + "'}}")
        .ok();
  }

  private static JsonNode query(String json) {
    return bob.post("/publicRooms", json).ok();
  }

  private static String error(String json) {
    return bob.post("/publicRooms", json).error();
  }

  private static JsonNode only(JsonNode answer) {
    assertThat(answer.path("chunk")).hasSize(1);
    return answer.path("chunk").get(0);
  }

  private static List<String> ids(JsonNode answer) {
    return answer.path("chunk").findValuesAsText("room_id");
  }
}
