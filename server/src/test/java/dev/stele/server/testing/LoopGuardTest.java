package dev.stele.server.testing;

import static dev.stele.server.http.TestEdge.await;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.lang.management.ManagementFactory;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The guard itself: it finds what computes for too long, and nothing else. */
final class LoopGuardTest {
  private final Vertx vertx = Vertx.vertx();
  private final LoopGuard guard = LoopGuard.of(vertx);

  @AfterEach
  void close() {
    await(vertx.close());
  }

  @Test
  void check_afterAHandlerThatComputedTooLong_fails() {
    onALoop(2 * LoopGuard.LIMIT_MILLIS);

    assertThatThrownBy(guard::check).hasMessageContaining("worked for");
  }

  @Test
  void check_afterShortWork_passes() {
    for (int i = 0; i < 20; i++) {
      onALoop(LoopGuard.LIMIT_MILLIS / 10);
    }

    assertThatCode(guard::check).doesNotThrowAnyException();
  }

  /** Lets a loop compute for so long, and come to itself again. */
  private void onALoop(long millis) {
    Promise<Void> done = Promise.promise();
    vertx.runOnContext(
        nothing -> {
          var threads = ManagementFactory.getThreadMXBean();
          long end = threads.getCurrentThreadCpuTime() + TimeUnit.MILLISECONDS.toNanos(millis);
          while (threads.getCurrentThreadCpuTime() < end) {
            Thread.onSpinWait();
          }
          long unused = vertx.setTimer(50, timer -> done.complete());
        });
    await(done.future());
  }
}
