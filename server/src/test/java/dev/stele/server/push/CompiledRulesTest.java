package dev.stele.server.push;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.stele.stateres.auth.PowerLevels;
import dev.stele.stateres.event.Pdu;
import dev.stele.stateres.version.RoomVersion;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What rules say of events. JSON is written with single quotes. */
final class CompiledRulesTest {
  private static final JsonMapper MAPPER = new JsonMapper();
  private static final String ALICE = "@alice:hs1";

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      value = {
        // event_match: the whole value, whatever its case; * and ? stand for others.
        "{'kind':'event_match','key':'content.topic','pattern':'lunc?*'} | {'topic':'Lunch plans'} | true",
        "{'kind':'event_match','key':'content.topic','pattern':'lunc?*'} | {'topic':'LUNCH'} | true",
        "{'kind':'event_match','key':'content.topic','pattern':'lunc?*'} | {'topic':' lunch'} | false",
        "{'kind':'event_match','key':'content.topic','pattern':'lunc?*'} | {'topic':'lunc'} | false",
        "{'kind':'event_match','key':'content.topic','pattern':'lunch'} | {'topic':'lunch plans'} | false",
        "{'kind':'event_match','key':'content.topic','pattern':'*'} | {'topic':null} | false",
        "{'kind':'event_match','key':'content.topic','pattern':'*'} | {} | false",
        "{'kind':'event_match','key':'content.topic','pattern':'**'} | {'topic':''} | true",
        "{'kind':'event_match','key':'content.topic','pattern':'1'} | {'topic':1} | false",
        "{'kind':'event_match','key':'content.topic','pattern':'?'} | {'topic':'😀'} | true",
        "{'kind':'event_match','key':'content.topic','pattern':'a.c'} | {'topic':'abc'} | false",
        "{'kind':'event_match','key':'type','pattern':'m.room.message'} | {} | true",
        "{'kind':'event_match','key':'state_key','pattern':''} | {} | false",
        "{'kind':'event_match','key':'content','pattern':'*'} | {} | false",
        "{'kind':'event_match','key':'content.m\\\\.x.y','pattern':'z'} | {'m.x':{'y':'z'}} | true",
        "{'kind':'event_match','key':'content.m.x.y','pattern':'z'} | {'m.x':{'y':'z'}} | false",
        "{'kind':'event_match','key':'content.m\\\\x','pattern':'z'} | {'m\\\\x':'z'} | true",
        // event_match of the body: among its words.
        "{'kind':'event_match','key':'content.body','pattern':'ex*ple'} | {'body':'An example event.'} | true",
        "{'kind':'event_match','key':'content.body','pattern':'ex*ple'} | {'body':'exple'} | true",
        "{'kind':'event_match','key':'content.body','pattern':'ex*ple'} | {'body':'An exciting triple-whammy'} | true",
        "{'kind':'event_match','key':'content.body','pattern':'cake'} | {'body':'Cake!'} | true",
        "{'kind':'event_match','key':'content.body','pattern':'cake'} | {'body':'cakes'} | false",
        "{'kind':'event_match','key':'content.body','pattern':'cake'} | {'body':'a_cake'} | false",
        "{'kind':'event_match','key':'content.body','pattern':'cake'} | {'body':'ncake, cake'} | true",
        "{'kind':'event_match','key':'content.body','pattern':'cake'} | {'body':'écake'} | true",
        "{'kind':'event_match','key':'content.body','pattern':'c?ke'} | {'body':'my coke'} | true",
        // event_property_is
        "{'kind':'event_property_is','key':'content.x','value':true} | {'x':true} | true",
        "{'kind':'event_property_is','key':'content.x','value':true} | {'x':'true'} | false",
        "{'kind':'event_property_is','key':'content.x','value':true} | {'x':1} | false",
        "{'kind':'event_property_is','key':'content.x','value':7} | {'x':7} | true",
        "{'kind':'event_property_is','key':'content.x','value':null} | {'x':null} | true",
        "{'kind':'event_property_is','key':'content.x','value':null} | {} | false",
        "{'kind':'event_property_is','key':'content.x','value':'A'} | {'x':'a'} | false",
        "{'kind':'event_property_is','key':'content.x','value':{}} | {'x':{}} | false",
        "{'kind':'event_property_is','key':'content.x'} | {} | false",
        // event_property_contains
        "{'kind':'event_property_contains','key':'content.x','value':'a'} | {'x':[1,'a']} | true",
        "{'kind':'event_property_contains','key':'content.x','value':'a'} | {'x':['ab']} | false",
        "{'kind':'event_property_contains','key':'content.x','value':'a'} | {'x':'a'} | false",
        "{'kind':'event_property_contains','key':'content.x','value':[]} | {'x':[[]]} | false",
        "{'kind':'event_property_contains','key':'content.x','value':'a'} | {} | false",
        // contains_display_name: no pattern, but a name.
        "{'kind':'contains_display_name'} | {'body':'hello, al*ce!'} | true",
        "{'kind':'contains_display_name'} | {'body':'hello alice'} | false",
        "{'kind':'contains_display_name'} | {'body':'AL*CE'} | true",
        "{'kind':'contains_display_name'} | {'body':'al*cex'} | false",
        "{'kind':'contains_display_name'} | {} | false",
        // room_member_count, of 3
        "{'kind':'room_member_count','is':'3'} | {} | true",
        "{'kind':'room_member_count','is':'==3'} | {} | true",
        "{'kind':'room_member_count','is':'2'} | {} | false",
        "{'kind':'room_member_count','is':'<3'} | {} | false",
        "{'kind':'room_member_count','is':'<=3'} | {} | true",
        "{'kind':'room_member_count','is':'>2'} | {} | true",
        "{'kind':'room_member_count','is':'>=4'} | {} | false",
        "{'kind':'room_member_count','is':'!=4'} | {} | false",
        "{'kind':'room_member_count','is':3} | {} | true",
        "{'kind':'room_member_count'} | {} | false",
        // sender_notification_permission, of somebody with 40
        "{'kind':'sender_notification_permission','key':'room'} | {} | false",
        "{'kind':'sender_notification_permission','key':'some'} | {} | true",
        // what the server does not know
        "{'kind':'org.example.unknown'} | {} | false",
        "{} | {} | false",
        "7 | {} | false",
      })
  void condition_ofEachKind_holds(String condition, String content, boolean holds) {
    Pdu event = event("@bob:hs1", content);

    assertThat(Condition.of(json(condition)).holds(event, room())).isEqualTo(holds);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      value = {
        "{'msgtype':'m.text','body':'hi'} | notify",
        "{'msgtype':'m.notice','body':'hi'} | -",
        "{'msgtype':'m.text','body':'hi','m.mentions':{'user_ids':['@alice:hs1']}} | highlight",
        "{'msgtype':'m.text','body':'hi','m.mentions':{'user_ids':['@bob:hs1']}} | notify",
        "{'msgtype':'m.text','body':'hi','m.mentions':{'room':true}} | notify",
        "{'msgtype':'m.text','body':'@alice:hs1 alice @room'} | notify",
        "{'msgtype':'m.text','body':'hi','m.relates_to':{'rel_type':'m.replace'}} | -",
      })
  void defaults_ofMessages_notify(String content, String what) {
    Verdict verdict = rules("{}").evaluate(event("@bob:hs1", content), room());

    assertThat(shown(verdict)).isEqualTo(what);
  }

  @Test
  void evaluate_ownEvents_saysNothing() {
    assertThat(rules("{}").evaluate(event(ALICE, "{'body':'hi'}"), room()).notifies()).isFalse();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      value = {
        // Kinds are tried in their order, and the first rule that matches decides.
        "{'override':[{'rule_id':'o','actions':[]}]} | -",
        "{'override':[{'rule_id':'o','enabled':false,'actions':[]}]} | notify",
        "{'override':[{'rule_id':'o','conditions':[{'kind':'x'}],'actions':[]}]} | notify",
        "{'content':[{'rule_id':'c','pattern':'cake','actions':['notify',{'set_tweak':'highlight'}]}]} | highlight",
        "{'content':[{'rule_id':'c','pattern':'lie','actions':[]}]} | notify",
        "{'content':[{'rule_id':'c','pattern':'c*e','actions':[]}],'room':[{'rule_id':'!r:hs1','actions':['notify']}]} | -",
        "{'room':[{'rule_id':'!r:hs1','actions':['dont_notify']}]} | -",
        "{'room':[{'rule_id':'!other:hs1','actions':[]}]} | notify",
        "{'room':[{'rule_id':'!r:hs1','actions':['coalesce']}],'sender':[{'rule_id':'@bob:hs1','actions':['notify']}]} | -",
        "{'sender':[{'rule_id':'@bob:hs1','actions':[]}]} | -",
        "{'sender':[{'rule_id':'@carol:hs1','actions':[]}]} | notify",
        "{'underride':[{'rule_id':'u','conditions':[],'actions':['notify',{'set_tweak':'highlight','value':false}]}]} | notify",
        "{'underride':[{'rule_id':'u','conditions':[],'actions':[{'set_tweak':'highlight'}]}]} | -",
        "{'override':[{'rule_id':'.m.rule.master','enabled':true,'actions':[]},{'rule_id':'o','actions':['notify']}]} | -",
      })
  void evaluate_ownRules_comeBeforeTheDefaults(String global, String what) {
    Verdict verdict = rules(global).evaluate(event("@bob:hs1", "{'body':'a cake'}"), room());

    assertThat(shown(verdict)).isEqualTo(what);
  }

  @Test
  void of_storedRules_takesOfDefaultsWhatUsersChange() {
    RuleSet rules =
        RuleSet.of(
            ALICE,
            json(
                "{'global':{'underride':[{'rule_id':'.m.rule.message','enabled':false,"
                    + "'conditions':[{'kind':'old'}],'actions':['notify','x']},"
                    + "{'rule_id':'.org.gone','actions':[]}],'content':'nonsense'}}"));

    JsonNode rule =
        rules.rule(RuleKind.UNDERRIDE, ".m.rule.message").orElseThrow().json(RuleKind.UNDERRIDE);
    assertThat(rule.path("enabled").asBoolean()).isFalse();
    assertThat(rule.path("actions")).hasSize(2);
    assertThat(rule.at("/conditions/0/kind").asText()).isEqualTo("event_match");
    assertThat(rules.rules(RuleKind.UNDERRIDE)).hasSize(5);
    assertThat(rules.rules(RuleKind.CONTENT)).isEmpty();
  }

  @Test
  void glob_ofAHostilePattern_takesNoTime() {
    Glob glob = Glob.of("*a".repeat(400) + "b");

    assertThat(glob.matches("a".repeat(60_000))).isFalse();
    assertThat(glob.matchesWords("a ".repeat(30_000) + "ab")).isTrue();
    assertThat(
            Glob.of("x".repeat(64) + "*" + "y".repeat(64)).matches("x".repeat(64) + "y".repeat(64)))
        .as("a pattern longer than a word of memory")
        .isTrue();
  }

  private static String shown(Verdict verdict) {
    return verdict.highlights() ? "highlight" : verdict.notifies() ? "notify" : "-";
  }

  private static CompiledRules rules(String global) {
    ObjectNode stored = MAPPER.createObjectNode();
    stored.set("global", json(global));
    return CompiledRules.of(ALICE, RuleSet.of(ALICE, stored));
  }

  private static RoomContext room() {
    ObjectNode levels = MAPPER.createObjectNode();
    levels.put("type", "m.room.power_levels").put("state_key", "");
    levels.set("content", json("{'users':{'@bob:hs1':40},'notifications':{'some':40}}"));
    return new RoomContext(3, PowerLevels.of(RoomVersion.V11, pdu(ALICE, levels), null), "Al*ce");
  }

  private static Pdu event(String sender, String content) {
    ObjectNode json = MAPPER.createObjectNode().put("type", "m.room.message");
    json.set("content", json(content));
    return pdu(sender, json);
  }

  private static Pdu pdu(String sender, ObjectNode json) {
    json.put("room_id", "!r:hs1").put("sender", sender).put("depth", 1);
    json.put("origin_server_ts", 1);
    for (String list : List.of("prev_events", "auth_events")) {
      ArrayNode unused = json.putArray(list);
    }
    json.putObject("hashes").put("sha256", "x");
    json.putObject("signatures");
    return Pdu.trusted(RoomVersion.V11, "$event", json).orThrow();
  }

  private static JsonNode json(String text) {
    try {
      return MAPPER.readTree(text.replace('\'', '"'));
    } catch (JsonProcessingException e) {
      throw new AssertionError(text, e);
    }
  }
}
