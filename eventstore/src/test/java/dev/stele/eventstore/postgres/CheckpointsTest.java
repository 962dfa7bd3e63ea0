package dev.stele.eventstore.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.sqlclient.Pool;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

final class CheckpointsTest extends LogTest {
  private Pool pool;

  @BeforeEach
  void openLog() {
    pool = open().pool();
  }

  private boolean advance(String name, long from, long to) {
    return await(
        pool.withTransaction(transaction -> Checkpoints.advance(transaction, name, from, to)));
  }

  @Test
  void get_ofAProjectionThatNeverRan_isZero() {
    assertThat(await(Checkpoints.get(pool, "p"))).isZero();
  }

  @Test
  void advance_fromWhereItIs_moves() {
    assertThat(advance("p", 0, 5)).isTrue();
    assertThat(advance("p", 5, 9)).isTrue();

    assertThat(await(Checkpoints.get(pool, "p"))).isEqualTo(9);
    assertThat(await(Checkpoints.get(pool, "q"))).isZero();
  }

  @Test
  void advance_fromElsewhere_changesNothing() {
    assertThat(advance("p", 3, 5)).isFalse();
    assertThat(advance("p", 0, 5)).isTrue();
    assertThat(advance("p", 0, 7)).isFalse();
    assertThat(advance("p", 4, 7)).isFalse();

    assertThat(await(Checkpoints.get(pool, "p"))).isEqualTo(5);
  }

  @Test
  void reset_sendsTheNamedBackToTheStart() {
    assertThat(advance("p", 0, 5)).isTrue();
    assertThat(advance("q", 0, 6)).isTrue();

    await(Checkpoints.reset(pool, List.of("p")));

    assertThat(await(Checkpoints.get(pool, "p"))).isZero();
    assertThat(await(Checkpoints.get(pool, "q"))).isEqualTo(6);
    assertThat(advance("p", 0, 1)).isTrue();
  }
}
