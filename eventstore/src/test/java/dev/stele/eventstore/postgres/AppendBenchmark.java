package dev.stele.eventstore.postgres;

import dev.stele.eventstore.Append;
import dev.stele.eventstore.Appended;
import dev.stele.eventstore.Claim;
import dev.stele.eventstore.NewRecord;
import dev.stele.eventstore.embedded.EmbeddedPostgres;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;

/**
 * How fast the log takes records that look like messages, fed directly: the ceiling for a server's
 * durable sends. Arguments: how many appends are under way at a time, seconds to warm up, seconds
 * to measure, directory for the database (on the disk to be measured).
 */
final class AppendBenchmark {
  private static final int MAX_SAMPLES = 5_000_000;
  private static final String SKELETON = "{\"depth\":7,\"hashes\":{\"sha256\":\"%s\"}}";
  private static final String CONTENT =
      "{\"msgtype\":\"m.text\",\"body\":\"" + "x".repeat(80) + "\"}";

  private final PostgresEventLog log;
  private final AtomicInteger numbers = new AtomicInteger();
  private final long[] nanos = new long[MAX_SAMPLES];
  private final AtomicInteger samples = new AtomicInteger();
  private volatile boolean measuring;
  private volatile boolean stopping;

  private AppendBenchmark(PostgresEventLog log) {
    this.log = log;
  }

  /** Measures, and prints one line. */
  public static void main(String[] args) throws Exception {
    int underWay = args.length > 0 ? Integer.parseInt(args[0]) : 64;
    int warmUp = args.length > 1 ? Integer.parseInt(args[1]) : 5;
    int seconds = args.length > 2 ? Integer.parseInt(args[2]) : 15;
    Path directory =
        args.length > 3 ? Path.of(args[3]) : Files.createTempDirectory("append-benchmark");
    Vertx vertx = Vertx.vertx();
    EmbeddedPostgres postgres =
        EmbeddedPostgres.start(vertx, directory).await(60, TimeUnit.SECONDS);
    PostgresEventLog log =
        PostgresEventLog.open(
                vertx,
                postgres.url(),
                LogOptions.defaults(InstantSource.system()),
                new SimpleMeterRegistry())
            .await(30, TimeUnit.SECONDS);
    new AppendBenchmark(log).measure(underWay, warmUp, seconds);
    log.close().await(10, TimeUnit.SECONDS);
    postgres.stop().await(10, TimeUnit.SECONDS);
    vertx.close().await(10, TimeUnit.SECONDS);
  }

  private void measure(int underWay, int warmUp, int seconds) throws InterruptedException {
    List<Future<Void>> loops = Stream.generate(this::loop).limit(underWay).toList();
    TimeUnit.SECONDS.sleep(warmUp);
    measuring = true;
    long start = System.nanoTime();
    TimeUnit.SECONDS.sleep(seconds);
    measuring = false;
    double took = (System.nanoTime() - start) / 1e9;
    stopping = true;
    Future.all(loops).await();
    long[] sorted = Arrays.copyOf(nanos, Math.min(samples.get(), MAX_SAMPLES));
    Arrays.sort(sorted);
    System.out.printf(
        "%d under way: %,.0f appends/s, p50 %.2f ms, p99 %.2f ms%n",
        underWay, samples.get() / took, at(sorted, 0.5), at(sorted, 0.99));
  }

  private Future<Void> loop() {
    Promise<Void> done = Promise.promise();
    next(done);
    return done.future();
  }

  /** One append after the other. */
  private void next(Promise<Void> done) {
    if (stopping) {
      done.complete();
      return;
    }
    long start = System.nanoTime();
    log.append(message(numbers.getAndIncrement()))
        .onSuccess(appended -> appended(appended, start, done))
        .onFailure(done::fail);
  }

  private void appended(Appended appended, long start, Promise<Void> done) {
    if (!(appended instanceof Appended.Committed)) {
      done.fail("not appended: " + appended);
      return;
    }
    int sample = measuring ? samples.getAndIncrement() : MAX_SAMPLES;
    if (sample < MAX_SAMPLES) {
      nanos[sample] = System.nanoTime() - start;
    }
    next(done);
  }

  private static Append message(int number) {
    String id = Long.toHexString(System.nanoTime()) + "-" + number;
    List<Claim> claims =
        List.of(new Claim("event", "$" + id), new Claim("transaction", "@user/device/" + id));
    return new Append(
        null,
        List.of(
            new NewRecord(
                "room/!" + number % 16,
                "room.event",
                SKELETON.formatted(id),
                CONTENT,
                claims,
                null)),
        List.of());
  }

  private static double at(long[] sorted, double share) {
    return sorted.length == 0 ? 0 : sorted[(int) (share * (sorted.length - 1))] / 1e6;
  }
}
