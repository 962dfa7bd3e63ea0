package dev.stele.eventstore.postgres;

import dev.stele.eventstore.Append;
import dev.stele.eventstore.Claim;
import dev.stele.eventstore.NewRecord;
import dev.stele.eventstore.embedded.FreshDatabases;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;

/** Prints how fast the log appends when it is fed directly, by so many who each wait for it. */
public final class LogBenchmark {
  private static final long WARM_UP_NANOS = 4_000_000_000L;
  private static final long RUN_NANOS = 8_000_000_000L;
  private static final String SKELETON = "{\"skeleton\":\"" + "x".repeat(400) + "\"}";
  private static final String CONTENT = "{\"body\":\"" + "y".repeat(200) + "\"}";

  private final PostgresEventLog log;
  private final AtomicLong next = new AtomicLong();
  private final AtomicLong done = new AtomicLong();
  private volatile boolean running = true;

  private LogBenchmark(PostgresEventLog log) {
    this.log = log;
  }

  public static void main(String[] arguments) throws InterruptedException {
    Vertx vertx = Vertx.vertx();
    String url = FreshDatabases.ofThisJvm().compose(FreshDatabases::fresh).await();
    PostgresEventLog log =
        PostgresEventLog.open(
                vertx, url, LogOptions.defaults(InstantSource.system()), new SimpleMeterRegistry())
            .await();
    for (int appenders : new int[] {1, 64, 1_000, 1_000}) {
      new LogBenchmark(log).run(vertx, appenders);
    }
    log.close().await();
    vertx.close().await();
  }

  private void run(Vertx vertx, int appenders) throws InterruptedException {
    List<Future<Void>> loops =
        java.util.stream.IntStream.range(0, appenders)
            .mapToObj(i -> Future.<Void>future(p -> vertx.runOnContext(n -> loop(i).onComplete(p))))
            .toList();
    Thread.sleep(WARM_UP_NANOS / 1_000_000);
    long before = done.get();
    long began = System.nanoTime();
    Thread.sleep(RUN_NANOS / 1_000_000);
    double perSecond = (done.get() - before) * 1e9 / (System.nanoTime() - began);
    running = false;
    Future.all(loops).await();
    System.out.printf("%d appenders: %.0f appends/s%n", appenders, perSecond);
  }

  private Future<Void> loop(int appender) {
    Claim event =
        new Claim("event", log.hashCode() + "-" + hashCode() + "-" + next.incrementAndGet());
    NewRecord record =
        new NewRecord("room/" + appender, "event", SKELETON, CONTENT, List.of(event), null);
    return log.append(new Append(null, List.of(record), List.of()))
        .compose(
            appended -> {
              done.incrementAndGet();
              return running ? loop(appender) : Future.succeededFuture();
            });
  }
}
