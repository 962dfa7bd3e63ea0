package dev.stele.server.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.stele.api.ErrorCode;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.function.Function;
import org.junit.jupiter.api.Test;

final class BodyTest {
  private static final String TEXT =
      """
      {"s":"x","b":true,"i":7,"big":99999999999999999999,"f":1.5,"o":{"k":1},"n":null,
       "ss":["p","q"],"os":[{"k":1}],"mixed":["p",1]}""";
  private final Body body =
      new Body((ObjectNode) JsonText.parse(TEXT.getBytes(StandardCharsets.UTF_8)));

  @Test
  void getters_rightType_giveTheValue() {
    assertThat(body.string("s")).isEqualTo("x");
    assertThat(body.requiredString("s")).isEqualTo("x");
    assertThat(body.bool("b", false)).isTrue();
    assertThat(body.requiredBool("b")).isTrue();
    assertThat(body.integer("i", 0)).isEqualTo(7);
    assertThat(body.requiredInteger("i")).isEqualTo(7);
    assertThat(body.object("o").path("k").asInt()).isEqualTo(1);
    assertThat(body.requiredObject("o").size()).isEqualTo(1);
    assertThat(body.strings("ss")).containsExactly("p", "q");
    assertThat(body.objects("os")).hasSize(1);
  }

  @Test
  void getters_missingOrNull_giveTheAlternative() {
    for (String name : List.of("none", "n")) {
      assertThat(body.has(name)).isFalse();
      assertThat(body.string(name)).isNull();
      assertThat(body.string(name, "y")).isEqualTo("y");
      assertThat(body.bool(name, true)).isTrue();
      assertThat(body.integer(name, 3)).isEqualTo(3);
      assertThat(body.object(name)).isNull();
      assertThat(body.strings(name)).isEmpty();
      assertThat(body.objects(name)).isEmpty();
    }
  }

  @Test
  void required_missingOrNull_isAMissingParameter() {
    for (String name : List.of("none", "n")) {
      assertRefused(ErrorCode.MISSING_PARAM, b -> b.requiredString(name));
      assertRefused(ErrorCode.MISSING_PARAM, b -> b.requiredBool(name));
      assertRefused(ErrorCode.MISSING_PARAM, b -> b.requiredInteger(name));
      assertRefused(ErrorCode.MISSING_PARAM, b -> b.requiredObject(name));
    }
  }

  @Test
  void getters_wrongType_isBadJson() {
    assertRefused(ErrorCode.BAD_JSON, b -> b.string("i"));
    assertRefused(ErrorCode.BAD_JSON, b -> b.bool("s", false));
    assertRefused(ErrorCode.BAD_JSON, b -> b.integer("f", 0));
    assertRefused(ErrorCode.BAD_JSON, b -> b.integer("big", 0));
    assertRefused(ErrorCode.BAD_JSON, b -> b.object("ss"));
    assertRefused(ErrorCode.BAD_JSON, b -> b.strings("mixed"));
    assertRefused(ErrorCode.BAD_JSON, b -> b.strings("s"));
    assertRefused(ErrorCode.BAD_JSON, b -> b.objects("ss"));
  }

  private void assertRefused(ErrorCode code, Function<Body, ?> getter) {
    assertThatThrownBy(() -> getter.apply(body))
        .isInstanceOfSatisfying(
            BadRequest.class, e -> assertThat(e.error().code()).isEqualTo(code));
  }
}
