package dev.stele.load.scenario;

import dev.stele.load.client.Loops;
import dev.stele.load.client.Registration;
import dev.stele.load.client.Target;
import dev.stele.load.client.User;
import dev.stele.load.measure.Check;
import dev.stele.load.measure.GeneratorLoad;
import dev.stele.load.measure.ProcessWatch;
import dev.stele.load.report.Result;
import io.vertx.core.Future;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;

/**
 * One measurement: prepares, warms up, measures, lets the listeners catch up, checks. Blocks the
 * thread that runs it; the load itself runs on event loops.
 */
public final class Run {
  private static final long STEP_MILLIS = 50;
  private static final int LAST_ANSWERS_SECONDS = 180;

  private final Scenario scenario;
  private final Setting setting;
  private final Stage stage;
  private final Progress progress;
  private final GeneratorLoad generator;
  private double nextPoint = 1;
  private double nextTelling;
  private long begin;

  /**
   * Where and how a scenario runs.
   *
   * @param label what the server is called in the result; empty for what it calls itself
   * @param whenPrepared is handed all users once they exist
   */
  public record Setting(
      String label,
      Target target,
      Registration registration,
      Pace pace,
      Memory memory,
      Screen screen,
      Consumer<List<User>> whenPrepared) {}

  private Run(Scenario scenario, Setting setting, Loops loops, Progress progress) {
    this.scenario = scenario;
    this.setting = setting;
    this.progress = progress;
    this.generator = new GeneratorLoad(loops::answers);
    String runId = Long.toString(System.currentTimeMillis(), Character.MAX_RADIX);
    Cast cast = new Cast(loops, setting.registration(), "load" + runId, progress);
    this.stage = new Stage(loops.vertx(), runId, setting.pace(), cast, setting.memory());
  }

  /** Measures. */
  public static Result measure(Scenario scenario, Setting setting) throws InterruptedException {
    try (Loops loops = Loops.open(setting.target())) {
      Progress progress = new Progress(scenario.name(), setting.screen());
      ServerName server = ServerName.ask(loops.anonymous(0), setting.target().url());
      progress.phase("preparing at " + setting.target().url() + " (" + server.text() + ")");
      return new Run(scenario, setting, loops, progress).measure(server);
    }
  }

  private Result measure(ServerName server) throws InterruptedException {
    Result.Subject subject =
        new Result.Subject(
            scenario.name(),
            setting.label().isEmpty() ? server.name() : setting.label(),
            server.text(),
            setting.target().url().toString());
    Play play;
    try {
      play = scenario.prepare(stage);
    } catch (NotServed notServed) {
      progress.phase("NOT MEASURED: " + notServed.getMessage());
      return Result.notServed(subject, scenario.settings(), String.valueOf(notServed.getMessage()));
    }
    setting.whenPrepared().accept(stage.cast().everybody());
    double seconds = let(play);
    Check check = finish(play);
    progress.phase("done");
    return Result.of(subject, scenario.settings(), outcome(seconds, check));
  }

  /** Lets the load run, and gives the seconds that were measured. */
  private double let(Play play) throws InterruptedException {
    play.audience().start(stage.cast());
    Pace pace = stage.pace();
    long now = stage.stopwatch().micros();
    begin = now + pace.warmUp().toNanos() / 1000;
    stage.meter().window().begin(begin);
    stage.memory().sample((now - begin) / 1e6);
    play.actors().forEach(Actor::start);
    run("warming up", play, now, begin);
    generator.begin();
    run("measuring", play, begin, begin + pace.duration().toNanos() / 1000);
    if (stage.isBudgetSpent()) {
      stop(play.actors()); // What is on its way counts when a number ends the run.
    }
    long end = stage.stopwatch().micros();
    stage.meter().window().end(end);
    generator.end();
    stop(play.actors());
    return (end - begin) / 1e6;
  }

  private void run(String phase, Play play, long from, long until) throws InterruptedException {
    long now = stage.stopwatch().micros();
    while (now < until && !stage.isBudgetSpent() && !isOver(play)) {
      Thread.sleep(Math.min(STEP_MILLIS, (until - now) / 1000 + 1));
      now = stage.stopwatch().micros();
      progress.running(phase, (double) (now - from) / (until - from), now / 1e6, stage.meter());
      point(play, now);
    }
  }

  /** Some actors do what they have to do and are finished then. */
  private static boolean isOver(Play play) {
    return !play.actors().isEmpty() && play.actors().stream().allMatch(Actor::isFinished);
  }

  /** Each second, timelines go on. */
  private void point(Play play, long now) {
    double second = (now - begin) / 1e6;
    if (second >= nextPoint) {
      nextPoint = Math.floor(second) + 1;
      stage.meter().point(second);
      stage.memory().sample(second);
    }
    if (second >= nextTelling) {
      nextTelling = Math.floor(second) + 1;
      play.eachSecond().accept(second);
    }
  }

  private Check finish(Play play) throws InterruptedException {
    play.ending().run();
    long end = stage.stopwatch().micros() + stage.pace().catchUp().toNanos() / 1000;
    while (stage.stopwatch().micros() < end && play.audience().isBehind()) {
      Thread.sleep(STEP_MILLIS);
    }
    play.audience().stop();
    return play.audience().check().plus(stage.findings().check());
  }

  private Result.Outcome outcome(double seconds, Check check) {
    return new Result.Outcome(
        seconds,
        stage.meter().measured(seconds),
        stage.meter().lag().measured(seconds),
        generator,
        stage.meter().failures(),
        stage.meter().turnedAway(),
        check,
        stage.meter().figures(),
        stage.meter().meanAnswerBytes(),
        stage.memory().processes().stream().map(ProcessWatch::watched).toList(),
        stage.remarks());
  }

  private static void stop(List<Actor> actors) {
    Future<?> stopped = Future.all(actors.stream().map(Actor::stop).toList());
    try {
      stopped.await(LAST_ANSWERS_SECONDS, TimeUnit.SECONDS);
    } catch (TimeoutException e) {
      throw new IllegalStateException(
          "the server left requests without answer for " + LAST_ANSWERS_SECONDS + " s", e);
    }
  }
}
