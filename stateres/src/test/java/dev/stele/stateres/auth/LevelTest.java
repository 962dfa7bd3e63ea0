package dev.stele.stateres.auth;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.stele.stateres.json.StrictJson;
import dev.stele.stateres.version.RoomVersion;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class LevelTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "12 | 50 | 50",
        "12 | -7 | -7",
        "12 | \"50\" | -",
        "12 | 50.5 | -",
        "12 | null | -",
        "9 | \"50\" | 50",
        "9 | \"000100\" | 100",
        "9 | \" +00100 \" | 100",
        "9 | \"-0\" | 0",
        "9 | \" -100\" | -100",
        "9 | \"\" | -",
        "9 | \"+-1\" | -",
        "9 | \"1 0\" | -",
        "9 | \"1.0\" | -",
        "9 | \"1e3\" | -",
        "9 | \"9999999999999999999999\" | 9223372036854775806",
        "9 | \"-9999999999999999999999\" | -9223372036854775806",
        "9 | 50.5 | -",
        "5 | 50.57 | 50",
        "5 | -50.57 | -50",
        "5 | 5.114698E4 | 51146",
        "5 | 1e300 | 9223372036854775806",
        "5 | 99999999999999999999 | 9223372036854775806",
        "5 | true | -",
        "5 | [] | -"
      })
  void of_anySpelling_isReadByItsVersion(String version, String json, String expected) {
    JsonNode value = StrictJson.parse(json);
    var level = Level.of(RoomVersion.of(version).orElseThrow(), value);
    assertThat(level.isPresent() ? Long.toString(level.getAsLong()) : "-").isEqualTo(expected);
  }

  @Test
  void of_hugeString_isReadWithoutDelay() {
    JsonNode zeros = StrictJson.parse("\"" + "0".repeat(60_000) + "7\"");
    assertThat(Level.of(RoomVersion.V1, zeros)).hasValue(7);
    JsonNode nines = StrictJson.parse("\"" + "9".repeat(60_000) + "\"");
    assertThat(Level.of(RoomVersion.V1, nines)).hasValue(Level.MAX);
    assertThat(Level.of(RoomVersion.V1, null)).isEmpty();
  }
}
