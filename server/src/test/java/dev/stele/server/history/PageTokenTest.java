package dev.stele.server.history;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stele.server.projection.TopologicalPoint;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PageTokenTest {
  @Test
  void parse_whatWasWritten_isTheSamePlace() {
    PageToken topological = PageToken.of(new TopologicalPoint(7, 42));
    PageToken stream = new PageToken.Stream(42);

    assertThat(topological).hasToString("t7_42");
    assertThat(PageToken.parse(topological.toString())).contains(topological);
    assertThat(PageToken.parse(stream.toString())).contains(stream);
  }

  @Test
  void parse_tokenOfSync_ignoresItsCounter() {
    assertThat(PageToken.parse("s42_1234567")).contains(new PageToken.Stream(42));
    assertThat(PageToken.parse("s42")).contains(new PageToken.Stream(42));
  }

  @Test
  void after_anEvent_isBeforeWhateverComesNext() {
    assertThat(PageToken.after(new TopologicalPoint(7, 42)))
        .isEqualTo(PageToken.of(new TopologicalPoint(7, 43)));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "s",
        "t",
        "t7",
        "t7_",
        "t_42",
        "x1_2",
        "s-1",
        "s1_",
        "t1_2_3",
        "s1 ",
        "S1",
        "s1234567890123456789",
        "t1_1234567890123456789",
        "s１"
      })
  void parse_garbage_isNothing(String text) {
    assertThat(PageToken.parse(text)).isEmpty();
  }
}
