package dev.stele.stateres.event;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.stele.stateres.json.StrictJson;
import dev.stele.stateres.version.RoomVersion;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What each room version keeps, by type. */
final class RedactionTest {
  private static final String LEVELS =
      "\"ban\":1,\"events\":{},\"events_default\":2,\"kick\":3,\"redact\":4,\"state_default\":5,"
          + "\"users\":{},\"users_default\":6";

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "1 | 12 | m.room.message | {\"body\":1} | {}",
        "1 | 12 | m.room.history_visibility | {\"history_visibility\":1,\"x\":2} | {\"history_visibility\":1}",
        "1 | 8 | m.room.member | {\"membership\":1,\"join_authorised_via_users_server\":2} | {\"membership\":1}",
        "9 | 12 | m.room.member | {\"membership\":1,\"join_authorised_via_users_server\":2,\"x\":3}"
            + " | {\"membership\":1,\"join_authorised_via_users_server\":2}",
        "1 | 10 | m.room.member | {\"third_party_invite\":{\"signed\":1}} | {}",
        "11 | 12 | m.room.member | {\"third_party_invite\":{\"signed\":1,\"x\":2}}"
            + " | {\"third_party_invite\":{\"signed\":1}}",
        "11 | 12 | m.room.member | {\"third_party_invite\":7} | {}",
        "1 | 10 | m.room.create | {\"creator\":1,\"room_version\":2} | {\"creator\":1}",
        "11 | 12 | m.room.create | {\"creator\":1,\"x\":2} | {\"creator\":1,\"x\":2}",
        "1 | 7 | m.room.join_rules | {\"join_rule\":1,\"allow\":2} | {\"join_rule\":1}",
        "8 | 12 | m.room.join_rules | {\"join_rule\":1,\"allow\":2,\"x\":3}"
            + " | {\"join_rule\":1,\"allow\":2}",
        "1 | 5 | m.room.aliases | {\"aliases\":1,\"x\":2} | {\"aliases\":1}",
        "6 | 12 | m.room.aliases | {\"aliases\":1} | {}",
        "1 | 10 | m.room.redaction | {\"redacts\":1} | {}",
        "11 | 12 | m.room.redaction | {\"redacts\":1,\"reason\":2} | {\"redacts\":1}",
        "1 | 10 | m.room.power_levels | {\"invite\":0,\"notifications\":{},LEVELS} | {LEVELS}",
        "11 | 12 | m.room.power_levels | {\"invite\":0,\"notifications\":{},LEVELS}"
            + " | {\"invite\":0,LEVELS}",
      })
  void redact_content_keepsWhatTheVersionsSay(
      int from, int to, String type, String content, String kept) {
    for (int version = 1; version <= RoomVersion.all().size(); version++) {
      ObjectNode event = StrictJson.parseObject("{}").put("type", type);
      event.set("content", StrictJson.parse(content.replace("LEVELS", LEVELS)));
      ObjectNode redacted =
          Redaction.redact(RoomVersion.of(Integer.toString(version)).orElseThrow(), event);
      boolean inRange = version >= from && version <= to;
      assertThat(redacted.get("content").equals(StrictJson.parse(kept.replace("LEVELS", LEVELS))))
          .as("version " + version)
          .isEqualTo(inRange || sameOutsideOfRange(type, content, version));
    }
  }

  /** Rows whose result other versions share. */
  private static boolean sameOutsideOfRange(String type, String content, int version) {
    boolean notKeptBefore = type.equals("m.room.member") && content.contains(":7}");
    return notKeptBefore && version < 11;
  }

  @ParameterizedTest
  @CsvSource({"1, true", "10, true", "11, false", "12, false"})
  void redact_topLevel_losesOldKeysFromVersion11(String version, boolean kept) {
    ObjectNode event =
        StrictJson.parseObject(
            """
            {"event_id": 1, "type": "x", "room_id": 1, "sender": 1, "state_key": 1, "content": {},
             "hashes": 1, "signatures": 1, "depth": 1, "prev_events": 1, "auth_events": 1,
             "origin_server_ts": 1, "origin": 1, "membership": 1, "prev_state": 1,
             "unsigned": 1, "redacts": 1, "age": 1}
            """);
    ObjectNode redacted = Redaction.redact(RoomVersion.of(version).orElseThrow(), event);
    ObjectNode expected = event.deepCopy().remove(List.of("unsigned", "redacts", "age"));
    assertThat(redacted)
        .isEqualTo(
            kept ? expected : expected.remove(List.of("origin", "membership", "prev_state")));
  }
}
