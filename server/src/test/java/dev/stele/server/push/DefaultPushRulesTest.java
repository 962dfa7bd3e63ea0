package dev.stele.server.push;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

final class DefaultPushRulesTest {
  private final JsonNode global = RuleSet.of("@alice:hs1", null).json().path("global");

  @Test
  void of_anyUser_hasTheRulesOfTheSpecificationInOrder() {
    assertThat(ids("override"))
        .containsExactly(
            ".m.rule.master",
            ".m.rule.suppress_notices",
            ".m.rule.invite_for_me",
            ".m.rule.member_event",
            ".m.rule.is_user_mention",
            ".m.rule.is_room_mention",
            ".m.rule.tombstone",
            ".m.rule.reaction",
            ".m.rule.room.server_acl",
            ".m.rule.suppress_edits");
    assertThat(ids("underride"))
        .containsExactly(
            ".m.rule.call",
            ".m.rule.encrypted_room_one_to_one",
            ".m.rule.room_one_to_one",
            ".m.rule.message",
            ".m.rule.encrypted");
    assertThat(global.path("content").isArray()).isTrue();
    assertThat(global.path("room").isArray()).isTrue();
    assertThat(global.path("sender").isArray()).isTrue();
  }

  @Test
  void of_anyUser_hasOnlyTheMasterRuleDisabled() {
    for (JsonNode rule : global.path("override")) {
      assertThat(rule.path("enabled").booleanValue())
          .isEqualTo(!rule.path("rule_id").textValue().equals(".m.rule.master"));
      assertThat(rule.path("default").booleanValue()).isTrue();
    }
  }

  @Test
  void of_user_matchesTheirOwnIdInInvitesAndMentions() throws Exception {
    assertThat(global.path("override").get(2))
        .isEqualTo(
            new JsonMapper()
                .readTree(
                    """
                    {"rule_id": ".m.rule.invite_for_me", "default": true, "enabled": true,
                     "conditions": [
                       {"kind": "event_match", "key": "type", "pattern": "m.room.member"},
                       {"kind": "event_match", "key": "content.membership", "pattern": "invite"},
                       {"kind": "event_match", "key": "state_key", "pattern": "@alice:hs1"}],
                     "actions": ["notify", {"set_tweak": "sound", "value": "default"}]}
                    """));
    assertThat(global.path("override").get(4).path("conditions").get(0))
        .isEqualTo(
            new JsonMapper()
                .readTree(
                    """
                    {"kind": "event_property_contains", "key": "content.m\\\\.mentions.user_ids",
                     "value": "@alice:hs1"}
                    """));
  }

  private List<String> ids(String kind) {
    List<String> ids = new ArrayList<>();
    global.path(kind).forEach(rule -> ids.add(rule.path("rule_id").textValue()));
    return ids;
  }
}
