package dev.stele.server.http.client;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.google.errorprone.annotations.CanIgnoreReturnValue;
import dev.stele.server.http.client.AccountServer.Answer;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Making, changing and deleting push rules. */
final class PushRulesTest {
  private static final String GLOBAL = "/pushrules/global/";
  private static final String NOTIFY = "{\"actions\": [\"notify\"]}";
  private static AccountServer server;
  private static String bob;
  private static int users;

  private String name;
  private String alice;

  @BeforeAll
  static void start() {
    server = new AccountServer("");
    bob = server.register("bob").token();
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  @BeforeEach
  void register() {
    name = "alice" + users++;
    alice = server.register(name).token();
  }

  @ParameterizedTest
  @ValueSource(strings = {"override", "underride"})
  void put_rulesWithConditions_areReadBack(String kind) {
    String conditions =
        "[{\"kind\":\"event_match\",\"key\":\"content.body\",\"pattern\":\"cake\"}]";

    Answer made =
        put(kind + "/mine", "{\"actions\":[\"notify\"],\"conditions\":" + conditions + "}");

    assertThat(made.json()).hasToString("{}");
    assertThat(server.get(GLOBAL + kind + "/mine", alice).json())
        .hasToString(
            "{\"rule_id\":\"mine\",\"default\":false,\"enabled\":true,\"conditions\":"
                + conditions
                + ",\"actions\":[\"notify\"]}");
  }

  @Test
  void put_rulesOfAllKinds_areReadBack() {
    put("content/cake", "{\"pattern\":\"cake*lie\",\"actions\":[{\"set_tweak\":\"highlight\"}]}");
    put("room/!r:hs1", "{\"actions\":[]}");
    put("sender/@spam:hs1", "{\"actions\":[\"dont_notify\"]}");

    assertThat(server.get(GLOBAL + "content/cake", alice).json())
        .hasToString(
            "{\"rule_id\":\"cake\",\"default\":false,\"enabled\":true,\"pattern\":\"cake*lie\","
                + "\"actions\":[{\"set_tweak\":\"highlight\"}]}");
    assertThat(server.get(GLOBAL + "room/!r:hs1", alice).json())
        .hasToString("{\"rule_id\":\"!r:hs1\",\"default\":false,\"enabled\":true,\"actions\":[]}");
    assertThat(server.get(GLOBAL + "sender/@spam:hs1/actions", alice).json())
        .as("an action that means nothing any more")
        .hasToString("{\"actions\":[]}");
    assertThat(server.get(GLOBAL, bob).json().at("/room")).as("another user's").isEmpty();
  }

  @Test
  void put_severalRules_haveTheOrderAskedFor() {
    put("override/a", NOTIFY);
    put("override/b", NOTIFY);
    assertThat(ids("override")).startsWith(".m.rule.master", "b", "a", ".m.rule.suppress_notices");

    put("override/c?after=b", NOTIFY);
    put("override/d?before=b", NOTIFY);
    put("override/e?before=a&after=d", NOTIFY);
    assertThat(ids("override").subList(1, 6)).containsExactly("d", "b", "c", "e", "a");

    put("override/a", NOTIFY);
    assertThat(ids("override").subList(1, 6)).as("kept").containsExactly("d", "b", "c", "e", "a");
    put("override/a?before=d", NOTIFY);
    assertThat(ids("override").subList(1, 6)).as("moved").containsExactly("a", "d", "b", "c", "e");
  }

  @Test
  void put_ruleThatIsThere_isReplacedButNotEnabled() {
    put("room/!r:hs1", NOTIFY);
    put("room/!r:hs1/enabled", "{\"enabled\":false}");

    put("room/!r:hs1", "{\"actions\":[]}");

    assertThat(server.get(GLOBAL + "room/!r:hs1", alice).json())
        .hasToString("{\"rule_id\":\"!r:hs1\",\"default\":false,\"enabled\":false,\"actions\":[]}");
  }

  @Test
  void enabledAndActions_ofDefaults_change() {
    String rule = "underride/.m.rule.message";
    assertThat(put(rule + "/enabled", "{\"enabled\":false}").json()).hasToString("{}");
    assertThat(put(rule + "/actions", "{\"actions\":[{\"set_tweak\":\"x\"}]}").json())
        .hasToString("{}");

    assertThat(server.get(GLOBAL + rule + "/enabled", alice).json())
        .hasToString("{\"enabled\":false}");
    assertThat(server.get(GLOBAL + rule + "/actions", alice).json())
        .hasToString("{\"actions\":[{\"set_tweak\":\"x\"}]}");
    assertThat(server.get("/user/@" + name + ":hs1/account_data/m.push_rules", alice).json())
        .isEqualTo(server.get("/pushrules/", alice).json());
    assertThat(ids("underride")).as("the others").hasSize(5);
  }

  @Test
  void delete_ownRule_isGone() {
    put("content/cake", "{\"pattern\":\"cake\",\"actions\":[]}");

    assertThat(server.delete(GLOBAL + "content/cake", alice).json()).hasToString("{}");

    assertThat(server.get(GLOBAL + "content/cake", alice).error()).isEqualTo("404 M_NOT_FOUND");
    assertThat(server.delete(GLOBAL + "content/cake", alice).error()).isEqualTo("404 M_NOT_FOUND");
  }

  @Test
  void put_atTheSameTime_losesNone() {
    List<CompletableFuture<?>> puts = new ArrayList<>();
    for (int i = 0; i < 20; i++) {
      String rule = "room/!r" + i + ":hs1";
      puts.add(CompletableFuture.runAsync(() -> put(rule, NOTIFY)));
    }
    CompletableFuture.allOf(puts.toArray(CompletableFuture[]::new)).join();

    assertThat(ids("room")).hasSize(20);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "override/.mine | {'actions':[]} | 400 M_INVALID_PARAM",
        "override/.m.rule.master | {'actions':[]} | 400 M_INVALID_PARAM",
        "override/a%2Fb | {'actions':[]} | 400 M_INVALID_PARAM",
        "override/a%5Cb | {'actions':[]} | 400 M_INVALID_PARAM",
        "override/a%00b | {'actions':[]} | 400 M_INVALID_PARAM",
        "sometimes/a | {'actions':[]} | 400 M_INVALID_PARAM",
        "override/a | {} | 400 M_MISSING_PARAM",
        "override/a | {'actions':'notify'} | 400 M_BAD_JSON",
        "override/a | {'actions':['dance']} | 400 M_INVALID_PARAM",
        "override/a | {'actions':[7]} | 400 M_INVALID_PARAM",
        "override/a | {'actions':[{'tweak':'x'}]} | 400 M_INVALID_PARAM",
        "override/a | {'actions':[],'conditions':{}} | 400 M_BAD_JSON",
        "override/a | {'actions':[],'conditions':['x']} | 400 M_INVALID_PARAM",
        "override/a | {'actions':[],'conditions':[{'kind':'event_match'}]} | 400 M_INVALID_PARAM",
        "content/a | {'actions':[]} | 400 M_MISSING_PARAM",
        "content/a | {'actions':[],'pattern':7} | 400 M_BAD_JSON",
        "override/a | nope | 400 M_NOT_JSON",
        "override/a?before=none | {'actions':[]} | 400 M_UNKNOWN",
        "override/a?after=none | {'actions':[]} | 400 M_UNKNOWN",
        "override/a?after=a | {'actions':[]} | 400 M_UNKNOWN",
        "override/a?after=.m.rule.master | {'actions':[]} | 400 M_INVALID_PARAM",
        "override/none/enabled | {'enabled':true} | 404 M_NOT_FOUND",
        "override/none/actions | {'actions':[]} | 404 M_NOT_FOUND",
        "sometimes/a/enabled | {'enabled':true} | 400 M_INVALID_PARAM",
        "override/.m.rule.master/enabled | {} | 400 M_MISSING_PARAM",
        "override/.m.rule.master/enabled | {'enabled':1} | 400 M_BAD_JSON",
        "override/.m.rule.master/actions | {} | 400 M_MISSING_PARAM"
      })
  void put_badRules_areTold(String path, String body, String error) {
    assertThat(put(path, body.replace('\'', '"')).error()).isEqualTo(error);
    assertThat(ids("override")).as("nothing was made").hasSize(10);
    assertThat(ids("content")).isEmpty();
  }

  @Test
  void put_moreThanFiveHundred_isRefused_untilOneIsDeleted() {
    for (int i = 0; i < 500; i++) {
      assertThat(put("room/!r" + i + ":hs1", NOTIFY).status()).isEqualTo(200);
    }

    assertThat(put("sender/@one:hs1", NOTIFY).error()).isEqualTo("413 M_TOO_LARGE");
    assertThat(put("room/!r7:hs1", "{\"actions\":[]}").status())
        .as("a change of one that is there")
        .isEqualTo(200);
    assertThat(server.delete(GLOBAL + "room/!r7:hs1", alice).status()).isEqualTo(200);
    assertThat(put("sender/@one:hs1", NOTIFY).status()).isEqualTo(200);
    assertThat(ids("room")).hasSize(499);
  }

  @Test
  void put_unknownCondition_isKept() {
    put("override/a", "{\"actions\":[],\"conditions\":[{\"kind\":\"org.example.new\"}]}");

    assertThat(server.get(GLOBAL + "override/a", alice).json().at("/conditions/0/kind").asText())
        .isEqualTo("org.example.new");
  }

  @Test
  void put_tooLargeOrTooMany_isRefused() {
    String actions = "{\"actions\":[{\"set_tweak\":\"" + "x".repeat(20_000) + "\"}]}";
    assertThat(put("override/a", actions).error()).isEqualTo("413 M_TOO_LARGE");
    assertThat(put("override/" + "a".repeat(256), NOTIFY).error()).isEqualTo("400 M_INVALID_PARAM");
  }

  @Test
  void delete_defaultsAndUnknownKinds_isRefused() {
    assertThat(server.delete(GLOBAL + "override/.m.rule.master", alice).error())
        .isEqualTo("400 M_INVALID_PARAM");
    assertThat(server.delete(GLOBAL + "sometimes/a", alice).error())
        .isEqualTo("400 M_INVALID_PARAM");
  }

  @CanIgnoreReturnValue
  private Answer put(String path, String body) {
    return server.put(GLOBAL + path, alice, body);
  }

  private List<String> ids(String kind) {
    List<String> ids = new ArrayList<>();
    for (JsonNode rule : server.get(GLOBAL, alice).json().path(kind)) {
      ids.add(rule.path("rule_id").asText());
    }
    return ids;
  }
}
