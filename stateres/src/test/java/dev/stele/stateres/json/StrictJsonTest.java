package dev.stele.stateres.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.TextNode;
import dev.stele.stateres.json.InvalidJson.Reason;
import java.nio.charset.StandardCharsets;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class StrictJsonTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "{\"a\":1,\"a\":1} | DUPLICATE_KEY",
        "{\"a\":1,\"\\u0061\":2} | DUPLICATE_KEY",
        "[{\"a\":null,\"a\":null}] | DUPLICATE_KEY",
        "NaN | SYNTAX",
        "[Infinity] | SYNTAX",
        "[-Infinity] | SYNTAX",
        "[1e999] | OUT_OF_RANGE",
        "{} {} | TRAILING",
        "{}1 | TRAILING",
        "[1,] | SYNTAX",
        "{\"a\":} | SYNTAX",
        "{a:1} | SYNTAX",
        "'a' | SYNTAX",
        "[01] | SYNTAX",
        "[+1] | SYNTAX",
        "[.5] | SYNTAX",
        "[1 | SYNTAX",
        "{\"a\" | SYNTAX",
        "] | SYNTAX",
        "/**/1 | SYNTAX",
      })
  void parse_badText_isRefusedWithItsReason(String text, Reason reason) {
    assertRefused(() -> StrictJson.parse(text), reason);
    assertRefused(() -> StrictJson.parse(text.getBytes(StandardCharsets.UTF_8)), reason);
  }

  @Test
  void parse_nothing_isRefused() {
    assertRefused(() -> StrictJson.parse(""), Reason.SYNTAX);
    assertRefused(() -> StrictJson.parse(new byte[0]), Reason.SYNTAX);
  }

  @Test
  void parse_nesting_isBounded() {
    int max = StrictJson.MAX_DEPTH;
    JsonNode deep = StrictJson.parse("[".repeat(max) + "]".repeat(max));
    assertThat(CanonicalJson.encode(deep)).hasSize(2 * max);
    assertRefused(
        () -> StrictJson.parse("[".repeat(max + 1) + "]".repeat(max + 1)), Reason.TOO_DEEP);
    assertRefused(() -> StrictJson.parse("{\"a\":".repeat(100_000)), Reason.TOO_DEEP);
  }

  @Test
  void parse_malformedUtf8_isRefused() {
    byte[][] texts = {
      {'"', (byte) 0xff, '"'},
      {'"', (byte) 0xc0, (byte) 0x80, '"'},
      {'"', (byte) 0xed, (byte) 0xa0, (byte) 0x80, '"'},
      {'"', (byte) 0xe2, (byte) 0x82, '"'},
      "1".getBytes(StandardCharsets.UTF_16LE),
      "[1]".getBytes(StandardCharsets.UTF_16BE),
    };
    for (byte[] text : texts) {
      assertRefused(() -> StrictJson.parse(text), Reason.NOT_UTF8);
    }
  }

  @Test
  void parse_numbers_keepTheirSpelling() {
    assertThat(StrictJson.parse("1").isInt()).isTrue();
    assertThat(StrictJson.parse("0").isInt()).isTrue();
    assertThat(StrictJson.parse("9007199254740993").longValue()).isEqualTo(9007199254740993L);
    assertThat(StrictJson.parse("99999999999999999999").isBigInteger()).isTrue();
    for (String number : new String[] {"-0", "1.0", "1e3", "-0.0", "0e0"}) {
      assertThat(StrictJson.parse(number).isDouble()).as(number).isTrue();
    }
  }

  @Test
  void parse_endlessNumber_isRefused() {
    assertRefused(() -> StrictJson.parse("1".repeat(100_000)), Reason.OUT_OF_RANGE);
  }

  @Test
  void parseObject_otherValue_isRefused() {
    assertRefused(() -> StrictJson.parseObject("[]"), Reason.SYNTAX);
    assertThat(StrictJson.parseObject("{\"a\":[]}".getBytes(StandardCharsets.UTF_8))).hasSize(1);
  }

  @Property(tries = 100, edgeCases = EdgeCasesMode.NONE)
  void canonicalForm_ofAnyObject_isReadBackTheSame(@ForAll("json") String text) {
    JsonNode value = StrictJson.parse(text);
    String canonical = CanonicalJson.encodeToString(value);
    assertThat(StrictJson.parse(canonical)).isEqualTo(value);
    assertThat(CanonicalJson.encodeToString(StrictJson.parse(canonical))).isEqualTo(canonical);
    assertThat(CanonicalJson.encode(value)).isEqualTo(canonical.getBytes(StandardCharsets.UTF_8));
  }

  @Property(tries = 500)
  void parse_anyBytes_neverFailsOtherwise(@ForAll byte[] bytes) {
    try {
      JsonNode value = StrictJson.parse(bytes);
      assertThat(CanonicalJson.encode(value, CanonicalJson.Numbers.LENIENT)).isNotEmpty();
    } catch (InvalidJson refused) {
      assertThat(refused.reason()).isNotNull();
    }
  }

  @Provide
  static Arbitrary<String> json() {
    return RandomJson.texts();
  }

  private static void assertRefused(ThrowingCallable call, Reason reason) {
    assertThatThrownBy(call)
        .asInstanceOf(InstanceOfAssertFactories.type(InvalidJson.class))
        .extracting(InvalidJson::reason)
        .isEqualTo(reason);
  }

  @Property(tries = 50)
  void parse_anyString_isItself(@ForAll("strings") String text) {
    String quoted = CanonicalJson.encodeToString(TextNode.valueOf(text));
    assertThat(StrictJson.parse(quoted).textValue()).isEqualTo(text);
  }

  @Provide
  static Arbitrary<String> strings() {
    return Arbitraries.strings()
        .filter(text -> text.codePoints().noneMatch(c -> c >= 0xd800 && c < 0xe000));
  }
}
