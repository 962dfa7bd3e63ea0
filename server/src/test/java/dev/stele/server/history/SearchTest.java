package dev.stele.server.history;

import static dev.stele.server.history.Person.ids;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.stele.server.testing.TestServer.Answer;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SearchTest extends InThePast {
  @Test
  void search_recent_isNewestFirstPageByPage() {
    String room = alice.publicRoom("shared");
    List<String> said = new ArrayList<>();
    for (int i = 0; i < 5; i++) {
      said.add(0, alice.say(room, "pages of zebra" + " x".repeat(i)));
      alice.say(room, "something else");
    }

    List<String> read = new ArrayList<>();
    String next = "";
    do {
      JsonNode page =
          search(alice, "ZEBRA pages", "'order_by':'recent','filter':{'limit':2}", next);
      read.addAll(found(page));
      assertThat(page.path("count").asInt()).isEqualTo(5);
      next = page.path("next_batch").asText();
      alice.say(room, "late pages of zebra, for the next time");
    } while (!next.isEmpty());

    assertThat(read).isEqualTo(said);
  }

  @Test
  void search_byRank_isBestFirst() {
    String room = alice.publicRoom("shared");
    String best = alice.say(room, "ranked walrus");
    String lengthy =
        alice.say(
            room,
            "a very long text in which there is one walrus that is ranked among many other words"
                + " that have nothing to do with any of it at all");

    JsonNode results = search(alice, "ranked walrus", "'x':1", "");

    assertThat(found(results)).containsExactly(best, lengthy);
    assertThat(results.at("/results/0/rank").asDouble())
        .isGreaterThan(results.at("/results/1/rank").asDouble());
    assertThat(results.path("highlights").toString()).isEqualTo("[\"ranked\",\"walrus\"]");
  }

  @ParameterizedTest
  @CsvSource({
    "明日は東京都庁に行く, 東京都, true",
    "明日は東京都庁に行く, 京東, false",
    "明日は東京都庁に行く, 庁, true",
    "สวัสดีชาวโลก, ชาวโลก, true",
    "Grüße aus KÖLN, köln, true",
    "ﬁne full ｗｉｄｔｈ, fine width, true",
    "party 🎉 time, 🎉, true",
    "한국어를 배워요, 한국어, true",
    "foo_bar, foo, true",
    "nothing of it, off, false"
  })
  void search_anyLanguage_findsWords(String text, String term, boolean found) {
    String room = alice.publicRoom("shared");
    String event = alice.say(room, text);

    assertThat(
            found(search(alice, term, "'filter':{'rooms':['" + room + "']}", "")).contains(event))
        .isEqualTo(found);
  }

  @Test
  void search_keys_areWhereToLook() {
    String room = alice.publicRoom("shared");
    String name = alice.setState(room, "m.room.name", "{'name':'keyed otter'}");
    String topic =
        alice.setState(
            room,
            "m.room.topic",
            "{'topic':'keyed','m.topic':{'m.text':[{'body':'otter'},{'mimetype':'text/html','body':'hidden'}]}}");
    String body = alice.say(room, "keyed otter");

    assertThat(found(search(alice, "keyed otter", "'order_by':'recent'", "")))
        .containsExactly(body, topic, name);
    assertThat(found(search(alice, "keyed otter", "'keys':['content.name']", "")))
        .containsExactly(name);
    assertThat(
            found(
                search(
                    alice,
                    "keyed otter",
                    "'keys':['content.topic','content.body'],'order_by':'recent'",
                    "")))
        .containsExactly(body, topic);
    assertThat(found(search(alice, "hidden", "'filter':{'rooms':['" + room + "']}", ""))).isEmpty();
    assertThat(found(search(alice, "keyed otter", "'keys':[]", ""))).isEmpty();
  }

  @Test
  void search_filter_leavesOut() {
    String room = alice.publicRoom("shared");
    String other = alice.publicRoom("shared");
    bob.join(room);
    String hers = alice.say(room, "filtered lynx");
    String his = bob.say(room, "filtered lynx");
    String elsewhere = alice.say(other, "filtered lynx");
    String file = alice.send(room, "m.room.message", "{'body':'filtered lynx','url':'mxc://a/b'}");

    assertThat(filtered("'rooms':['" + other + "']")).containsExactly(elsewhere);
    assertThat(filtered("'not_rooms':['" + other + "']")).containsExactly(file, his, hers);
    assertThat(filtered("'senders':['@bob:test']")).containsExactly(his);
    assertThat(filtered("'not_senders':['@alice:test']")).containsExactly(his);
    assertThat(filtered("'contains_url':true")).containsExactly(file);
    assertThat(filtered("'types':['m.room.name']")).isEmpty();
  }

  private List<String> filtered(String filter) {
    return found(
        search(alice, "filtered lynx", "'order_by':'recent','filter':{" + filter + "}", ""));
  }

  @Test
  void search_withContext_showsWhatIsAround() {
    String room = alice.publicRoom("shared");
    alice.say(room, "one before");
    String event = alice.say(room, "surrounded badger");
    alice.say(room, "one after");

    JsonNode result =
        search(
                alice,
                "surrounded badger",
                "'event_context':{'before_limit':1,'after_limit':3,'include_profile':true},'include_state':true",
                "")
            .at("/results/0");

    assertThat(result.at("/result/event_id").asText()).isEqualTo(event);
    assertThat(Person.bodies(result.at("/context/events_before"))).containsExactly("one before");
    assertThat(Person.bodies(result.at("/context/events_after"))).containsExactly("one after");
    assertThat(result.at("/context/profile_info").has("@alice:test")).isTrue();
    String start = result.at("/context/start").asText();
    assertThat(alice.in(room, "/messages?dir=b&from=" + start).status()).isEqualTo(200);
    assertThat(
            search(alice, "surrounded badger", "'include_state':true", "")
                .path("state")
                .path(room)
                .toString())
        .contains("m.room.create");
  }

  @Test
  void search_grouped_hasGroupsAndTheirPages() {
    String one = alice.publicRoom("shared");
    String two = alice.publicRoom("shared");
    bob.join(one);
    String first = alice.say(one, "grouped heron");
    String second = bob.say(one, "grouped heron");
    String third = alice.say(two, "grouped heron");
    String groups =
        "'order_by':'recent','groupings':{'group_by':[{'key':'room_id'},{'key':'sender'}]},'filter':{'limit':2}";

    JsonNode page = search(alice, "grouped heron", groups, "");

    assertThat(page.at("/groups/room_id").path(two).path("results")).hasSize(1);
    assertThat(page.at("/groups/room_id").path(two).path("results").get(0).asText())
        .isEqualTo(third);
    assertThat(page.at("/groups/sender").path("@bob:test").path("results").get(0).asText())
        .isEqualTo(second);
    assertThat(page.at("/groups/sender").path("@bob:test").has("next_batch")).isFalse();
    String more = page.at("/groups/room_id").path(one).path("next_batch").asText();
    assertThat(found(search(alice, "grouped heron", groups, more))).containsExactly(first);
  }

  @Test
  void search_edits_areFoundByTheirNewText() {
    String room = alice.publicRoom("shared");
    String event = alice.say(room, "original puffin");
    String edit = alice.edit(room, event, "changed gannet");

    assertThat(found(search(alice, "gannet", "'x':1", ""))).containsExactly(edit);
    JsonNode original = search(alice, "puffin", "'x':1", "");
    assertThat(found(original)).containsExactly(event);
    assertThat(original.at("/results/0/result/unsigned/m.relations/m.replace/event_id").asText())
        .isEqualTo(edit);
    alice.redact(room, edit);
    assertThat(found(search(alice, "gannet", "'x':1", ""))).isEmpty();
  }

  @Test
  void search_findsWhatMayBeSeenOnly() {
    String room = alice.publicRoom("joined");
    alice.say(room, "visible tapir early");
    bob.join(room);
    String seen = alice.say(room, "visible tapir while there");
    bob.leave(room);
    alice.say(room, "visible tapir late");
    alice.say(alice.publicRoom("shared"), "visible tapir elsewhere");
    String world = alice.publicRoom("world_readable");
    String open = alice.say(world, "visible tapir for all");

    assertThat(found(search(bob, "visible tapir", "'x':1", ""))).containsExactly(seen);
    assertThat(found(search(bob, "visible tapir", "'filter':{'rooms':['" + world + "']}", "")))
        .containsExactly(open);
    assertThat(found(search(alice, "visible tapir", "'x':1", ""))).hasSize(5);
    bob.client().post(Person.path(room) + "/forget", "{}").ok();
    assertThat(found(search(bob, "visible tapir", "'x':1", ""))).isEmpty();
  }

  @Test
  void search_inEncryptedRooms_findsNothing() {
    String room = alice.publicRoom("shared");
    alice.say(room, "plain ibex");
    alice.setState(room, "m.room.encryption", "{'algorithm':'m.megolm.v1.aes-sha2'}");

    assertThat(found(search(alice, "plain ibex", "'x':1", ""))).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{}| 400 M_MISSING_PARAM",
        "{'search_categories':1}| 400 M_BAD_JSON",
        "{'search_categories':{'room_events':[]}}| 400 M_BAD_JSON",
        "{'search_categories':{'room_events':{}}}| 400 M_MISSING_PARAM",
        "{'search_categories':{'room_events':{'search_term':1}}}| 400 M_BAD_JSON",
        "{'search_categories':{'room_events':{'search_term':'a','keys':['x']}}}| 400"
            + " M_INVALID_PARAM",
        "{'search_categories':{'room_events':{'search_term':'a','keys':'x'}}}| 400 M_BAD_JSON",
        "{'search_categories':{'room_events':{'search_term':'a','order_by':'x'}}}| 400"
            + " M_INVALID_PARAM",
        "{'search_categories':{'room_events':{'search_term':'a','filter':{'types':1}}}}| 400"
            + " M_BAD_JSON",
        "{'search_categories':{'room_events':{'search_term':'a','event_context':{'before_limit':-1}}}}|"
            + " 400 M_INVALID_PARAM",
        "{'search_categories':{'room_events':{'search_term':'a','groupings':{'group_by':[{'key':'x'}]}}}}|"
            + " 400 M_INVALID_PARAM",
        "{'search_categories':{'room_events':{'search_term':'a','groupings':{'group_by':[1]}}}}|"
            + " 400 M_BAD_JSON",
        "[]| 400 M_BAD_JSON",
        "{| 400 M_NOT_JSON"
      })
  void search_badQuestion_isRefused(String json, String error) {
    assertThat(alice.client().post("/search", json).error()).isEqualTo(error);
  }

  @Test
  void search_oddQuestions_areAnswered() {
    assertThat(alice.client().post("/search", "{'search_categories':{}}").ok())
        .hasToString("{\"search_categories\":{}}");
    for (String term : List.of("", "...", "\\u0000", "'' & | !", "x".repeat(5_000), "\\\\")) {
      Answer answer =
          alice
              .client()
              .post(
                  "/search",
                  "{'search_categories':{'room_events':{'search_term':'"
                      + term.replace("'", "\\u0027")
                      + "'}}}");
      assertThat(answer.status()).as(term).isEqualTo(200);
    }
    assertThat(alice.client().post("/search?next_batch=garbage", question("a", "'x':1")).error())
        .isEqualTo("400 M_INVALID_PARAM");
    assertThat(found(search(alice, "grouped", "'x':1", "999_5_0_r!elsewhere:test"))).isEmpty();
    assertThat(server.anonymous().post("/search", question("a", "'x':1")).error())
        .isEqualTo("401 M_MISSING_TOKEN");
  }

  private static String question(String term, String rest) {
    return "{'search_categories':{'room_events':{'search_term':'" + term + "'," + rest + "}}}";
  }

  private static JsonNode search(Person who, String term, String rest, String next) {
    String query = next.isEmpty() ? "" : "?next_batch=" + Person.encode(next);
    return who.client()
        .post("/search" + query, question(term, rest))
        .ok()
        .path("search_categories")
        .path("room_events");
  }

  private static List<String> found(JsonNode results) {
    List<JsonNode> events = new ArrayList<>();
    results.path("results").forEach(result -> events.add(result.path("result")));
    return ids(JSON.arrayNode().addAll(events));
  }

  private static final JsonNodeFactory JSON = JsonNodeFactory.instance;
}
