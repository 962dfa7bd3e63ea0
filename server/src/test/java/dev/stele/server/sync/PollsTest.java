package dev.stele.server.sync;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.Vertx;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

/** How many polls may wait. */
final class PollsTest {
  private static final Vertx VERTX = Vertx.vertx();

  private final Polls polls = new Polls(new Loop(VERTX.getOrCreateContext()), 2);

  @AfterAll
  static void close() {
    VERTX.close().await();
  }

  @Test
  void add_ofMoreThanMayWait_isRefusedUntilOneIsGone() {
    ActiveUser anna = user("@anna:hs1");
    Waiter first = new Nobody();
    assertThat(polls.add(anna, first)).isTrue();
    assertThat(polls.add(user("@bert:hs1"), new Nobody())).isTrue();

    assertThat(polls.add(user("@carl:hs1"), new Nobody())).isFalse();
    polls.remove(anna, first);

    assertThat(polls.add(user("@carl:hs1"), new Nobody())).isTrue();
  }

  @Test
  void most_isHalfOfTheHeapAtTenKilobytesEach() {
    assertThat(Polls.most(512_000_000, 2)).isEqualTo(12_800);
    assertThat(Polls.most(1_000_000, 2)).isEqualTo(Polls.MAX_OF_USER);
  }

  private static ActiveUser user(String userId) {
    return new ActiveUser(userId, List.of(), Set.of());
  }

  /** Waits for nothing. */
  private static final class Nobody implements Waiter {
    @Override
    public String deviceId() {
      return "DEVICE";
    }

    @Override
    public void wake() {}

    @Override
    public void tokenIs(TokenChanges.Token token) {}
  }
}
