package dev.stele.load.measure;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

final class RoomLedgerTest {
  private final RoomLedger ledger = new RoomLedger();

  @Test
  void check_allHeardInOneOrder_passes() {
    acknowledge(3);
    hear(2, 0, 1);
    hear(2, 0, 1);
    assertThat(ledger.check(2, 0)).isEqualTo(Check.ofRoom(3, 3, 0, 0, 0, 0));
  }

  @Test
  void check_heardButNotAcknowledged_passes() {
    acknowledge(1);
    hear(0, 1);
    assertThat(ledger.check(1, 0).passed()).isTrue();
    assertThat(ledger.expected()).isEqualTo(2);
  }

  @Test
  void check_acknowledgedButNotHeard_isLost() {
    acknowledge(3);
    hear(0, 2);
    assertThat(ledger.check(1, 0).lost()).isEqualTo(1);
  }

  @Test
  void check_nobodyListens_losesNothing() {
    acknowledge(3);
    assertThat(ledger.check(0, 0).passed()).isTrue();
  }

  @Test
  void check_heardTwice_isRepeated() {
    acknowledge(2);
    hear(0, 1, 0);
    assertThat(ledger.check(1, 0).repeated()).isEqualTo(1);
  }

  @Test
  void check_anotherOrder_isDisordered() {
    acknowledge(2);
    hear(0, 1);
    hear(1, 0);
    assertThat(ledger.check(2, 0).disordered()).isEqualTo(2);
  }

  @Test
  void check_moreThanFirstRoomInMemory_keepsAll() {
    acknowledge(5000);
    for (int i = 0; i < 5000; i++) {
      assertThat(ledger.heard(i, i)).isFalse();
    }
    assertThat(ledger.check(1, 0)).isEqualTo(Check.ofRoom(5000, 5000, 0, 0, 0, 0));
  }

  @Test
  void heard_byTheLastListener_saysSo() {
    ledger.expectListeners(2);
    acknowledge(1);
    assertThat(ledger.heard(0, 0)).isFalse();
    assertThat(ledger.heard(0, 0)).isTrue();
  }

  private void acknowledge(int count) {
    for (int i = 0; i < count; i++) {
      ledger.acknowledged(ledger.nextNumber());
    }
  }

  private void hear(int... numbers) {
    for (int i = 0; i < numbers.length; i++) {
      assertThat(ledger.heard(i, numbers[i])).isFalse();
    }
  }
}
