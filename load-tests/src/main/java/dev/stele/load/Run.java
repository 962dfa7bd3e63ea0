package dev.stele.load;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * One measurement: prepares users and rooms, warms up, measures, lets the pollers catch up, checks.
 * Blocks the thread that runs it; the load itself runs on event loops.
 */
final class Run {
  private static final long STEP_MILLIS = 50;

  private final Loops loops;
  private final Workload workload;
  private final Cast cast;
  private final Progress progress;
  private final Stopwatch stopwatch = new Stopwatch();
  private final Meter meter = new Meter();
  private final AtomicLong budget;
  private final List<RoomLedger> ledgers;

  private Run(Loops loops, Workload workload, Cast cast, Progress progress) {
    this.loops = loops;
    this.workload = workload;
    this.cast = cast;
    this.progress = progress;
    this.budget = new AtomicLong(workload.maxSends());
    this.ledgers = Stream.generate(RoomLedger::new).limit(workload.rooms()).toList();
  }

  /**
   * Measures.
   *
   * @param name what the measurement is called in the result
   */
  static Result measure(
      String name, Target target, Registration registration, Workload workload, Progress progress)
      throws InterruptedException {
    try (Loops loops = Loops.open(target)) {
      progress.say("%s: preparing users and rooms at %s", name, target.url());
      String prefix = "load" + Long.toString(System.currentTimeMillis(), Character.MAX_RADIX);
      Cast cast = new Setup(loops, new Registrar(registration), prefix).prepare(workload);
      return new Run(loops, workload, cast, progress).measure(name, target);
    }
  }

  Vertx vertx() {
    return loops.vertx();
  }

  Workload workload() {
    return workload;
  }

  Cast cast() {
    return cast;
  }

  List<RoomLedger> ledgers() {
    return ledgers;
  }

  Stopwatch stopwatch() {
    return stopwatch;
  }

  Meter meter() {
    return meter;
  }

  /** How many more messages may be sent. */
  AtomicLong budget() {
    return budget;
  }

  private Result measure(String name, Target target) throws InterruptedException {
    List<Poller> pollers =
        IntStream.range(0, workload.pollers()).mapToObj(i -> new Poller(this, i)).toList();
    await(Future.all(pollers.stream().map(Poller::start).toList()));
    progress.say("%s: warming up for %d s", name, workload.warmUp().toSeconds());
    long begin = stopwatch.micros() + workload.warmUp().toNanos() / 1000;
    meter.begin(begin);
    List<Sender> senders =
        IntStream.range(0, workload.senders())
            .mapToObj(i -> new Sender(this, i, schedule(i)))
            .toList();
    senders.forEach(Sender::start);
    let(workload.warmUp().toMillis());
    let(workload.duration().toMillis());
    if (budget.get() <= 0) {
      stop(senders); // What is on its way counts when the number of messages ends the run.
    }
    long end = stopwatch.micros();
    meter.end(end);
    stop(senders);
    Check check = check(pollers);
    return Result.of(name, target, workload, (end - begin) / 1e6, meter, check);
  }

  private Schedule schedule(int sender) {
    return workload.rate() == 0
        ? new Schedule.ClosedLoop()
        : new Schedule.OpenLoop(
            workload.rate() / workload.senders(),
            stopwatch.micros(),
            workload.seed() * 1_000_003 + sender);
  }

  /** Lets the load run, and says each second how it goes. */
  private void let(long millis) throws InterruptedException {
    long end = stopwatch.micros() + millis * 1000;
    while (stopwatch.micros() < end && budget.get() > 0) {
      Thread.sleep(Math.min(STEP_MILLIS, millis));
      progress.tick(stopwatch.micros(), meter);
    }
  }

  private Check check(List<Poller> pollers) throws InterruptedException {
    long end = stopwatch.micros() + workload.catchUp().toNanos() / 1000;
    while (stopwatch.micros() < end && pollers.stream().anyMatch(Poller::isBehind)) {
      Thread.sleep(STEP_MILLIS);
    }
    pollers.forEach(Poller::stop);
    Check total = Check.NOTHING;
    for (int room = 0; room < ledgers.size(); room++) {
      total = total.plus(check(pollers, room));
    }
    return total;
  }

  private Check check(List<Poller> pollers, int room) {
    List<Poller> here =
        IntStream.range(0, pollers.size())
            .filter(i -> cast.roomOf(i) == room)
            .mapToObj(pollers::get)
            .toList();
    int behind = (int) here.stream().filter(Poller::isBehind).count();
    return ledgers.get(room).check(here.size(), behind);
  }

  private static void stop(List<Sender> senders) {
    await(Future.all(senders.stream().map(Sender::stop).toList()));
  }

  private static void await(Future<?> future) {
    try {
      future.await(120, TimeUnit.SECONDS);
    } catch (TimeoutException e) {
      throw new IllegalStateException("the server left requests without answer for 120 s", e);
    }
  }
}
