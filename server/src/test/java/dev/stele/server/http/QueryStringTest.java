package dev.stele.server.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class QueryStringTest {
  @ParameterizedTest
  @CsvSource({
    "a=1, 1",
    "a=, ''",
    "a, ''",
    "b=2&a=1, 1",
    "a=1&a=2, 1",
    "a=x%26y%3Dz, x&y=z",
    "%61=1, 1",
    "a=x+y%2Bz, x y+z",
    "a=b=c, b=c",
    "a=%F0%9F%98%80, 😀",
  })
  void first_query_isDecoded(String query, String value) {
    assertThat(QueryString.parse(query).first("a")).isEqualTo(value);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "b=1", "&", "=1", "&&b&"})
  void first_nameThatIsNotThere_isNull(String query) {
    assertThat(QueryString.parse(query).first("a")).isNull();
  }

  @Test
  void all_repeatedName_keepsTheOrder() {
    assertThat(QueryString.parse("via=b&x=1&via=a&via=b").all("via"))
        .containsExactly("b", "a", "b");
    assertThat(QueryString.parse(null).all("via")).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"a=%", "a=%f", "a=%gg", "%ff=1", "a=%00", "a=é"})
  void parse_badEncoding_isRefused(String query) {
    assertThatThrownBy(() -> QueryString.parse(query)).isInstanceOf(BadRequest.class);
  }
}
