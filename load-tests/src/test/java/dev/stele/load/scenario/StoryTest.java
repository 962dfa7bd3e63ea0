package dev.stele.load.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

final class StoryTest {
  private final Story story = new Story(3);

  @Test
  void agrees_sameOrder_isRight() {
    assertThat(story.agrees(List.of(2, 0, 1))).isTrue();
    assertThat(story.agrees(List.of(2, 0, 1))).isTrue();
  }

  @Test
  void agrees_otherOrder_isWrong() {
    assertThat(story.agrees(List.of(2, 0, 1))).isTrue();
    assertThat(story.agrees(List.of(2, 1, 0))).isFalse();
  }

  @Test
  void agrees_missingOrRepeated_isWrong() {
    assertThat(story.agrees(List.of(2, 0))).isFalse();
    assertThat(story.agrees(List.of(2, 0, 0))).isFalse();
  }
}
