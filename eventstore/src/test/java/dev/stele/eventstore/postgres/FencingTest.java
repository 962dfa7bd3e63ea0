package dev.stele.eventstore.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.stele.eventstore.Appended;
import dev.stele.eventstore.Lane;
import org.junit.jupiter.api.Test;

final class FencingTest extends LogTest {
  private static final LogOptions LEASED = OPTIONS.withLease("writer");

  @Test
  void append_afterAnotherTookOver_isFenced() {
    PostgresEventLog first = open(LEASED);
    await(first.append(append("s", "first")));
    PostgresEventLog second = open(LEASED);
    Lane lane = new Lane();

    assertThatThrownBy(() -> await(first.append(append(lane, "s", "late"))))
        .isInstanceOf(Fenced.class);

    assertThat(lane.isBroken()).isTrue();
    await(first.fenced());
    assertThatThrownBy(() -> await(first.append(append("s", "later")))).isInstanceOf(Fenced.class);
    assertThat(await(second.append(append("s", "second")))).isEqualTo(new Appended.Committed(2));
    assertThat(skeletons(await(second.read(0, 10)))).containsExactly("first", "second");
    assertThat(second.fenced().isComplete()).isFalse();
  }

  @Test
  void fenced_ofALogThatAppendsNothing_completesToo() {
    PostgresEventLog first = open(LEASED);
    PostgresEventLog second = open(LEASED);

    await(first.fenced());

    assertThat(second.fenced().isComplete()).isFalse();
  }

  @Test
  void open_ofAnotherLease_takesNothingOver() {
    PostgresEventLog first = open(LEASED);
    open(OPTIONS.withLease("another"));
    open(OPTIONS);

    assertThat(await(first.append(append("s", "1")))).isInstanceOf(Appended.Committed.class);
  }
}
