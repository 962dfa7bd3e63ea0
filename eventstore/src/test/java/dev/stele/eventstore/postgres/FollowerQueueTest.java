package dev.stele.eventstore.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.stele.eventstore.Follower;
import dev.stele.eventstore.LogRecord;
import dev.stele.eventstore.Unavailable;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * How long those wait who want a follower to have seen something. Its patience is short here, but
 * not that of the log beside it: a machine that is busy may need its time to append.
 */
final class FollowerQueueTest extends LogTest {
  private static final long PATIENCE_MILLIS = 300;

  private final List<LogRecord> taken = new CopyOnWriteArrayList<>();
  private final Context context = vertx().getOrCreateContext();
  private PostgresEventLog log;

  @BeforeEach
  void append() {
    log = open();
    await(log.append(append("s", "1")));
  }

  private FollowerQueue follow(Follower follower) {
    return new FollowerQueue(
        vertx(),
        context,
        new Reads(log.pool()),
        0,
        new FollowerQueue.Manner("moody", 0, PATIENCE_MILLIS),
        follower);
  }

  private Future<Void> take(List<LogRecord> records) {
    taken.addAll(records);
    return Future.succeededFuture();
  }

  @Test
  void reached_whileTheFollowerFails_failsInTimeAndIsWellAgainAfterwards() {
    AtomicBoolean broken = new AtomicBoolean(true);
    AtomicInteger tries = new AtomicInteger();
    FollowerQueue following =
        follow(
            records -> {
              tries.incrementAndGet();
              return broken.get()
                  ? Future.failedFuture(new IllegalStateException("moody today"))
                  : take(records);
            });
    following.advanced(1);

    assertThatThrownBy(() -> await(following.reached(1)))
        .isInstanceOf(Unavailable.class)
        .hasMessageContaining("moody today");
    assertThat(following.stuckSeconds() * 1_000).isGreaterThan(PATIENCE_MILLIS);
    assertThat(failsAtOnce(following)).as("nobody waits for what is known to fail").isTrue();
    while (tries.get() < 2) {
      Thread.onSpinWait();
    }

    broken.set(false);
    reachedAtLast(following, 1);
    assertThat(positions(taken)).containsExactly(1L);
    assertThat(following.stuckSeconds()).isZero();
  }

  @Test
  void reached_whileTheFollowerHangs_failsInTime() {
    Promise<Void> hanging = Promise.promise();
    FollowerQueue following =
        follow(records -> hanging.future().onSuccess(done -> taken.addAll(records)));
    following.advanced(1);

    assertThatThrownBy(() -> await(following.reached(1)))
        .isInstanceOf(Unavailable.class)
        .hasMessageContaining("moody");

    hanging.complete();
    reachedAtLast(following, 1);
    await(log.append(append("s", "2")));
    following.advanced(2);
    reachedAtLast(following, 2);
    assertThat(positions(taken)).containsExactly(1L, 2L);
  }

  @Test
  void reached_ofAFollowerThatWasIdleForLong_waits() {
    FollowerQueue following = follow(this::take);
    await(vertx().timer(2 * PATIENCE_MILLIS));

    Future<Void> reached = following.reached(1);
    following.offer(Offer.of(await(log.read(0, 1))));

    await(reached);
    assertThat(positions(taken)).containsExactly(1L);
  }

  @Test
  void advanced_notAsFarAsTheDatabase_handsOverNoMoreThanIsKnown() {
    await(log.append(append("s", "2", "3")));
    FollowerQueue following = follow(this::take);

    following.advanced(1);
    await(following.reached(1));
    assertThat(positions(taken)).containsExactly(1L);

    following.advanced(3);
    await(following.reached(3));
    assertThat(positions(taken)).containsExactly(1L, 2L, 3L);
  }

  /** Whether somebody who asks on the follower's own event loop is refused there and then. */
  private boolean failsAtOnce(FollowerQueue following) {
    Promise<Boolean> failed = Promise.promise();
    context.runOnContext(
        nothing -> {
          Future<Void> reached = following.reached(1);
          context.runOnContext(next -> failed.complete(reached.failed()));
        });
    return await(failed.future());
  }

  private static boolean failed(Future<Void> future) {
    return await(future.transform(result -> Future.succeededFuture(result.failed())));
  }

  private static void reachedAtLast(FollowerQueue following, long position) {
    while (failed(following.reached(position))) {
      Thread.onSpinWait();
    }
  }
}
