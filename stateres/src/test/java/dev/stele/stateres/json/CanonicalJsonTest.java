package dev.stele.stateres.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.stele.stateres.json.CanonicalJson.Numbers;
import dev.stele.stateres.json.InvalidJson.Reason;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class CanonicalJsonTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "{} | {}",
        "{\"one\": 1, \"two\": \"Two\"} | {\"one\":1,\"two\":\"Two\"}",
        "{\"b\": \"2\", \"a\": \"1\"} | {\"a\":\"1\",\"b\":\"2\"}",
        "{\"a\": \"日本語\"} | {\"a\":\"日本語\"}",
        "{\"本\": 2, \"日\": 1} | {\"日\":1,\"本\":2}",
        "{\"a\": \"\\u65E5\"} | {\"a\":\"日\"}",
        "{\"a\": null} | {\"a\":null}",
        "[9007199254740991, -9007199254740991] | [9007199254740991,-9007199254740991]",
        "[true, false, 0] | [true,false,0]",
      })
  void encode_validValue_givesShortestSortedText(String text, String canonical) {
    assertThat(CanonicalJson.encodeToString(StrictJson.parse(text))).isEqualTo(canonical);
  }

  @Test
  void encode_nestedObject_sortsEveryLevel() {
    String text =
        """
        {"auth": {"success": true, "mxid": "@john.doe:example.com", "profile": {
          "display_name": "John Doe", "three_pids": [
            {"medium": "email", "address": "john.doe@example.org"},
            {"medium": "msisdn", "address": "123456789"}]}}}
        """;
    assertThat(CanonicalJson.encodeToString(StrictJson.parse(text)))
        .isEqualTo(
            "{\"auth\":{\"mxid\":\"@john.doe:example.com\",\"profile\":{\"display_name\":\"John"
                + " Doe\",\"three_pids\":[{\"address\":\"john.doe@example.org\",\"medium\":\"email\"},"
                + "{\"address\":\"123456789\",\"medium\":\"msisdn\"}]},\"success\":true}}");
  }

  @Test
  void encode_controlCharacters_usesShortestEscapes() {
    String all = "\b\t\n\f\r\"\\/\u0000\u001f\u007f";
    assertThat(CanonicalJson.encodeToString(JsonNodeFactory.instance.textNode(all)))
        .isEqualTo("\"\\b\\t\\n\\f\\r\\\"\\\\/\\u0000\\u001f\u007f\"");
  }

  @Test
  void encode_keysBeyondTheBasicPlane_sortsByCodePoint() {
    String text = "{\"\uD83D\uDE00\": 1, \"\uFF21\": 2}";
    assertThat(CanonicalJson.encodeToString(StrictJson.parse(text)))
        .isEqualTo("{\"\uFF21\":2,\"\uD83D\uDE00\":1}");
  }

  @ParameterizedTest
  @ValueSource(strings = {"1.0", "1e3", "-0", "0.5", "-0.0", "1E400e"})
  void encode_notWrittenAsInteger_isRefused(String number) {
    assertThatThrownBy(() -> CanonicalJson.encode(StrictJson.parse("[" + number + "]")))
        .isInstanceOf(InvalidJson.class);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "9007199254740992",
        "-9007199254740992",
        "9223372036854775808",
        "1" + "0000000000000000000000"
      })
  void encode_integerOutOfRange_isRefused(String number) {
    assertRefused(number, Reason.OUT_OF_RANGE);
  }

  @Test
  void encode_loneSurrogate_isRefused() {
    assertRefused("\"\\ud800\"", Reason.LONE_SURROGATE);
    assertRefused("\"\\ud800x\"", Reason.LONE_SURROGATE);
    assertThatThrownBy(() -> CanonicalJson.encode(StrictJson.parse("{\"\\udc00\": 1}")))
        .isInstanceOf(InvalidJson.class);
  }

  @ParameterizedTest
  @CsvSource({
    "-0, 0",
    "1e10, 10000000000",
    "1.0, 1",
    "0.5, 0.5",
    "1e300, 1e+300",
    "2.5e-7, 2.5e-07",
    "100000000000000000000, 100000000000000000000"
  })
  void encode_lenientNumber_isWrittenShortest(String number, String canonical) {
    assertThat(CanonicalJson.encodeToString(StrictJson.parse(number), Numbers.LENIENT))
        .isEqualTo(canonical);
  }

  private static void assertRefused(String text, Reason reason) {
    assertThatThrownBy(() -> CanonicalJson.encode(StrictJson.parse(text)))
        .asInstanceOf(InstanceOfAssertFactories.type(InvalidJson.class))
        .extracting(InvalidJson::reason)
        .isEqualTo(reason);
  }
}
