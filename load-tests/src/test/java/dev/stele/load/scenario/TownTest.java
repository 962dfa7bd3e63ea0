package dev.stele.load.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

final class TownTest {
  @Test
  void of_zipf_sizesFall() {
    Town town = Town.of(60, 40, 1, 7);
    assertThat(town.membersByRoom()).hasSize(40);
    assertThat(town.membersByRoom().get(0)).hasSize(60).doesNotHaveDuplicates();
    assertThat(town.membersByRoom().get(1)).hasSize(30);
    assertThat(town.membersByRoom().get(39)).hasSize(2);
    assertThat(town.roomsOf(5)).contains(0);
  }

  @Test
  void of_sameSeed_isTheSame() {
    assertThat(Town.of(20, 10, 1, 3)).isEqualTo(Town.of(20, 10, 1, 3));
    assertThat(Town.of(20, 10, 1, 3)).isNotEqualTo(Town.of(20, 10, 1, 4));
  }
}
