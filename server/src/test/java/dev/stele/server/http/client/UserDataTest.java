package dev.stele.server.http.client;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stele.server.http.client.AccountServer.Answer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Account data, tags, filters and push rules: what users keep for themselves. */
final class UserDataTest {
  private static final String ALICE = "/user/@alice:hs1";
  private static final String ROOM = ALICE + "/rooms/!room:hs1";
  private static AccountServer server;
  private static String alice;
  private static String bob;

  @BeforeAll
  static void start() {
    server = new AccountServer("");
    alice = server.register("alice").token();
    bob = server.register("bob").token();
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  @Test
  void accountData_globalAndOfARoom_areKeptApart() {
    server.put(ALICE + "/account_data/org.example", alice, "{\"where\": \"global\"}");
    server.put(ROOM + "/account_data/org.example", alice, "{\"where\": \"room\"}");

    assertThat(server.get(ALICE + "/account_data/org.example", alice).text("where"))
        .isEqualTo("global");
    assertThat(server.get(ROOM + "/account_data/org.example", alice).text("where"))
        .isEqualTo("room");
  }

  @Test
  void accountData_putAgain_isReplaced() {
    server.put(ALICE + "/account_data/org.twice", alice, "{\"n\": 1, \"old\": true}");
    server.put(ALICE + "/account_data/org.twice", alice, "{\"n\": 2}");

    Answer answer = server.get(ALICE + "/account_data/org.twice", alice);

    assertThat(answer.json()).hasToString("{\"n\":2}");
  }

  @Test
  void accountData_neverStored_isNotFound() {
    assertThat(server.get(ALICE + "/account_data/org.none", alice).error())
        .isEqualTo("404 M_NOT_FOUND");
    assertThat(server.get(ROOM + "/account_data/org.none", alice).error())
        .isEqualTo("404 M_NOT_FOUND");
  }

  @ParameterizedTest
  @ValueSource(strings = {ALICE, ROOM})
  void accountData_ofAnotherUser_isForbidden(String whose) {
    assertThat(server.get(whose + "/account_data/org.example", bob).error())
        .isEqualTo("403 M_FORBIDDEN");
    assertThat(server.put(whose + "/account_data/org.example", bob, "{}").error())
        .isEqualTo("403 M_FORBIDDEN");
  }

  @ParameterizedTest
  @ValueSource(strings = {"m.fully_read", "m.push_rules"})
  void accountData_typesOfTheServer_cannotBePut(String type) {
    assertThat(server.put(ALICE + "/account_data/" + type, alice, "{}").error())
        .isEqualTo("405 M_BAD_JSON");
    assertThat(server.put(ROOM + "/account_data/" + type, alice, "{}").error())
        .isEqualTo("405 M_BAD_JSON");
  }

  @Test
  void accountData_badBodiesAndRooms_areTold() {
    assertThat(server.put(ALICE + "/account_data/org.x", alice, "[]").error())
        .isEqualTo("400 M_BAD_JSON");
    assertThat(server.put(ALICE + "/account_data/org.x", alice, "nope").error())
        .isEqualTo("400 M_NOT_JSON");
    assertThat(server.put(ALICE + "/rooms/room/account_data/org.x", alice, "{}").error())
        .isEqualTo("400 M_INVALID_PARAM");
    assertThat(server.put(ALICE + "/account_data/" + "t".repeat(256), alice, "{}").error())
        .isEqualTo("400 M_INVALID_PARAM");
  }

  @Test
  void tags_setAndDeleted_areListed() {
    String tags = ALICE + "/rooms/!tags:hs1/tags";
    assertThat(server.get(tags, alice).json()).hasToString("{\"tags\":{}}");

    server.put(tags + "/m.favourite", alice, "{\"order\": 0.25}");
    server.put(tags + "/u.Work", alice, "");
    assertThat(server.get(tags, alice).json())
        .hasToString("{\"tags\":{\"m.favourite\":{\"order\":0.25},\"u.Work\":{}}}");
    assertThat(server.get(ALICE + "/rooms/!tags:hs1/account_data/m.tag", alice).json())
        .isEqualTo(server.get(tags, alice).json());

    assertThat(server.delete(tags + "/m.favourite", alice).status()).isEqualTo(200);
    assertThat(server.delete(tags + "/u.never", alice).status()).isEqualTo(200);
    assertThat(server.get(tags, alice).json()).hasToString("{\"tags\":{\"u.Work\":{}}}");
  }

  @Test
  void tags_badOnes_areTold() {
    assertThat(server.put(ROOM + "/tags/a", alice, "{\"order\": \"first\"}").error())
        .isEqualTo("400 M_BAD_JSON");
    assertThat(server.put(ROOM + "/tags/a", alice, "{\"order\": 1.5}").error())
        .isEqualTo("400 M_INVALID_PARAM");
    assertThat(server.put(ROOM + "/tags/" + "t".repeat(256), alice, "{}").error())
        .isEqualTo("400 M_INVALID_PARAM");
    assertThat(server.get(ROOM + "/tags", bob).error()).isEqualTo("403 M_FORBIDDEN");
    assertThat(server.put(ROOM + "/tags/a", bob, "{}").error()).isEqualTo("403 M_FORBIDDEN");
    assertThat(server.delete(ROOM + "/tags/a", bob).error()).isEqualTo("403 M_FORBIDDEN");
  }

  @Test
  void accountData_ofEveryShape_isGivenBackAsItWas() {
    String odd =
        "{\"\":null,\"nul\":\"\\u0000\",\"big\":12345678901234567890123,\"real\":0.1,"
            + "\"emoji\":\"\uD83D\uDE00\",\"deep\":[[{}]]}";
    String type = "%F0%9F%98%80%2Fa%20b";

    assertThat(server.put(ALICE + "/account_data/" + type, alice, odd).status()).isEqualTo(200);

    assertThat(server.get(ALICE + "/account_data/" + type, alice).json().toString()).isEqualTo(odd);
    assertThat(server.put(ALICE + "/account_data/nul%00", alice, "{}").error())
        .isEqualTo("400 M_INVALID_PARAM");
  }

  @Test
  void accountData_ofARoomThatOneIsNotIn_isOnesOwnAllTheSame() {
    String elsewhere = "/rooms/!elsewhere:other.example/account_data/org.x";

    assertThat(server.put(ALICE + elsewhere, alice, "{\"a\":1}").status()).isEqualTo(200);
    assertThat(server.get("/user/@bob:hs1" + elsewhere, bob).error()).isEqualTo("404 M_NOT_FOUND");
  }

  @Test
  void accountData_typesOfTheServer_canBeRead() {
    assertThat(server.get(ALICE + "/account_data/m.push_rules", alice).status()).isEqualTo(200);
    assertThat(server.get(ROOM + "/account_data/m.fully_read", alice).error())
        .isEqualTo("404 M_NOT_FOUND");
  }

  @Test
  void tags_thatAreTooMany_areRefused() {
    String tags = ALICE + "/rooms/!full:hs1/tags/";
    String big = "{\"org.example.note\":\"" + "x".repeat(40_000) + "\"}";
    server.put(tags + "one", alice, big);

    assertThat(server.put(tags + "two", alice, big).error()).isEqualTo("413 M_TOO_LARGE");
    assertThat(server.get(ALICE + "/rooms/!full:hs1/tags", alice).json().path("tags")).hasSize(1);
    assertThat(server.put(tags + "one", alice, "{}").status()).isEqualTo(200);
    assertThat(server.put(tags + "two", alice, big).status()).isEqualTo(200);
  }

  @Test
  void tags_namesOfEveryShape_areKept() {
    String tags = ALICE + "/rooms/!odd:hs1/tags";
    server.put(tags + "/" + "t".repeat(255), alice, "{\"order\": 1}");
    server.put(tags + "/u.%F0%9F%98%80%2F", alice, "{\"order\": 0}");

    assertThat(server.get(tags, alice).json().path("tags").has("u.\uD83D\uDE00/")).isTrue();
    assertThat(server.get(tags, alice).json().path("tags")).hasSize(2);
    assertThat(server.delete(tags + "/u.%F0%9F%98%80%2F", alice).status()).isEqualTo(200);
    assertThat(server.get(tags, alice).json().path("tags")).hasSize(1);
    assertThat(server.get(ALICE + "/rooms/odd/tags", alice).error())
        .isEqualTo("400 M_INVALID_PARAM");
    assertThat(server.put(tags + "/a", alice, "[]").error()).isEqualTo("400 M_BAD_JSON");
  }

  @Test
  void filter_stored_isGivenBackUnderOneId() {
    String filter = "{\"room\":{\"timeline\":{\"limit\":10}},\"event_fields\":[\"type\"]}";
    String id = server.post(ALICE + "/filter", alice, filter).text("filter_id");

    String again =
        server
            .post(
                ALICE + "/filter",
                alice,
                "{\"event_fields\":[\"type\"],\"room\":{\"timeline\":{\"limit\":10}}}")
            .text("filter_id");

    assertThat(id).isNotEmpty().doesNotStartWith("{");
    assertThat(again).isEqualTo(id);
    assertThat(server.get(ALICE + "/filter/" + id, alice).json()).hasToString(filter);
  }

  @Test
  void filter_badOrForeign_isRefused() {
    assertThat(server.post(ALICE + "/filter", alice, "{\"room\": []}").error())
        .isEqualTo("400 M_BAD_JSON");
    assertThat(
            server
                .post(ALICE + "/filter", alice, "{\"room\": {\"timeline\": {\"limit\": \"x\"}}}")
                .error())
        .isEqualTo("400 M_BAD_JSON");
    assertThat(server.post(ALICE + "/filter", bob, "{}").error()).isEqualTo("403 M_FORBIDDEN");
    assertThat(server.get(ALICE + "/filter/any", bob).error()).isEqualTo("403 M_FORBIDDEN");
    assertThat(server.get(ALICE + "/filter/none", alice).error()).isEqualTo("404 M_NOT_FOUND");
  }

  @Test
  void pushRules_everyView_showsTheDefaults() {
    Answer all = server.get("/pushrules/", alice);

    assertThat(all.json().at("/global/override/0/rule_id").asText()).isEqualTo(".m.rule.master");
    assertThat(server.get("/pushrules/global/", alice).json()).isEqualTo(all.json().get("global"));
    assertThat(server.get(ALICE + "/account_data/m.push_rules", alice).json())
        .isEqualTo(all.json());
    assertThat(server.get("/pushrules/global/override/.m.rule.master", alice).json())
        .isEqualTo(all.json().at("/global/override/0"));
    assertThat(server.get("/pushrules/global/override/.m.rule.master/enabled", alice).json())
        .hasToString("{\"enabled\":false}");
    assertThat(server.get("/pushrules/global/underride/.m.rule.message/actions", alice).json())
        .hasToString("{\"actions\":[\"notify\"]}");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/pushrules/global/override/none",
        "/pushrules/global/underride/.m.rule.master",
        "/pushrules/global/sometimes/.m.rule.master",
        "/pushrules/global/override/none/enabled",
        "/pushrules/global/override/none/actions"
      })
  void pushRules_unknownRule_isNotFound(String path) {
    assertThat(server.get(path, alice).error()).isEqualTo("404 M_NOT_FOUND");
  }
}
