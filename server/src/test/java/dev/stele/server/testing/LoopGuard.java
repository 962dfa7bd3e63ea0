package dev.stele.server.testing;

import io.netty.util.concurrent.EventExecutor;
import io.vertx.core.Vertx;
import io.vertx.core.internal.VertxInternal;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;

/**
 * Sees to it that event loops are not kept from their other work: each of them beats every few
 * milliseconds, and between two beats it may work for no longer than the limit.
 *
 * <p>What counts is the processor time of the loop's thread. On a machine that is busy with other
 * things a loop may well be kept waiting for as long as that, which says nothing about our code.
 * Vert.x's own checker, which goes by the clock, runs beside it for its stack traces. What blocks
 * without computing, such as a lock or a file, is for that checker to report and for people to
 * read.
 */
public final class LoopGuard {
  /** How long a loop may work without a break. */
  static final long LIMIT_MILLIS = 250;

  private static final long BEAT_MILLIS = 10;
  private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();

  private final Queue<String> offences = new ConcurrentLinkedQueue<>();

  private LoopGuard() {}

  /** Watches all event loops of a Vert.x from now on. */
  static LoopGuard of(Vertx vertx) {
    LoopGuard guard = new LoopGuard();
    for (EventExecutor loop : ((VertxInternal) vertx).nettyEventLoopGroup()) {
      Beat beat = guard.new Beat();
      loop.execute(beat);
      var unused =
          loop.scheduleWithFixedDelay(beat, BEAT_MILLIS, BEAT_MILLIS, TimeUnit.MILLISECONDS);
    }
    return guard;
  }

  /** Fails if a loop has worked too long. */
  void check() {
    if (!offences.isEmpty()) {
      throw new AssertionError("event loops were blocked: " + offences);
    }
  }

  /** The heart of one loop. */
  private final class Beat implements Runnable {
    private long before = -1;

    @Override
    public void run() {
      long now = THREADS.getCurrentThreadCpuTime();
      long millis = TimeUnit.NANOSECONDS.toMillis(now - before);
      if (before >= 0 && millis > LIMIT_MILLIS) {
        offences.add(Thread.currentThread().getName() + " worked for " + millis + " ms");
      }
      before = now;
    }
  }
}
