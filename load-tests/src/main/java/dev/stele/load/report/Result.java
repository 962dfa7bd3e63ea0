package dev.stele.load.report;

import dev.stele.load.measure.Check;
import dev.stele.load.measure.Figure;
import dev.stele.load.measure.GeneratorLoad;
import dev.stele.load.measure.Latency;
import dev.stele.load.measure.Measured;
import dev.stele.load.measure.ProcessWatch;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;

/**
 * What a run measured, as it is written to JSON.
 *
 * @param scenario what was done
 * @param label what the server is called
 * @param server what the server calls itself
 * @param target where it is
 * @param date when the run ended, in UTC
 * @param settings of the scenario
 * @param notServed why nothing was measured, or empty
 * @param seconds how long it was measured
 * @param operations what was timed
 * @param generatorLag how late the generator was itself; open loop only
 * @param generatorCores how much processor the generator took
 * @param generatorMicros processor time of the generator for each answer, in microseconds
 * @param failures failed requests by reason, warm-up included
 * @param turnedAway requests that the server had no time for, by its answer, warm-up included
 * @param check whether everybody saw everything once, in one order
 * @param figures of the scenario's own
 * @param answerBytes the mean size of a sync that brings news
 * @param processes memory and processor time of the server
 * @param remarks what else is to be said
 */
public record Result(
    String scenario,
    String label,
    String server,
    String target,
    String date,
    Map<String, Object> settings,
    String notServed,
    double seconds,
    List<Measured> operations,
    Latency generatorLag,
    double generatorCores,
    double generatorMicros,
    Map<String, Long> failures,
    Map<String, Long> turnedAway,
    Check check,
    Map<String, Figure> figures,
    long answerBytes,
    List<ProcessWatch.Watched> processes,
    List<String> remarks) {
  public Result {
    // Files of older runs do not have it.
    turnedAway = Objects.requireNonNullElse(turnedAway, Map.of());
  }

  /** Who was measured, doing what. */
  public record Subject(String scenario, String label, String server, String target) {}

  /** What came of it. */
  public record Outcome(
      double seconds,
      List<Measured> operations,
      Measured lag,
      GeneratorLoad generator,
      Map<String, Long> failures,
      Map<String, Long> turnedAway,
      Check check,
      Map<String, Figure> figures,
      long answerBytes,
      List<ProcessWatch.Watched> processes,
      List<String> remarks) {}

  /** The result of a run that ended. */
  public static Result of(Subject subject, Map<String, Object> settings, Outcome outcome) {
    return new Result(
        subject.scenario(),
        subject.label(),
        subject.server(),
        subject.target(),
        now(),
        new TreeMap<>(settings),
        "",
        outcome.seconds(),
        outcome.operations(),
        outcome.lag().latency(),
        outcome.generator().cores(),
        outcome.generator().microsPerAnswer(),
        outcome.failures(),
        outcome.turnedAway(),
        outcome.check(),
        outcome.figures(),
        outcome.answerBytes(),
        outcome.processes(),
        outcome.remarks());
  }

  /** The result of a run that could not be. */
  public static Result notServed(Subject subject, Map<String, Object> settings, String why) {
    return new Result(
        subject.scenario(),
        subject.label(),
        subject.server(),
        subject.target(),
        now(),
        new TreeMap<>(settings),
        why,
        0,
        List.of(),
        new Latency(0, 0, 0, 0, 0, 0, 0, List.of()),
        0,
        0,
        Map.of(),
        Map.of(),
        Check.NOTHING,
        Map.of(),
        0,
        List.of(),
        List.of());
  }

  /** The same, under another name. */
  Result labelled(String newLabel) {
    return new Result(
        scenario,
        newLabel,
        server,
        target,
        date,
        settings,
        notServed,
        seconds,
        operations,
        generatorLag,
        generatorCores,
        generatorMicros,
        failures,
        turnedAway,
        check,
        figures,
        answerBytes,
        processes,
        remarks);
  }

  /** Whether something was measured, nothing failed and nothing was wrong. */
  public boolean passed() {
    return served()
        && failures.isEmpty()
        && check.passed()
        && (!operations.isEmpty() || !figures.isEmpty());
  }

  public boolean served() {
    return notServed.isEmpty();
  }

  /** What was measured of an operation. */
  public Optional<Measured> operation(String name) {
    return operations.stream().filter(measured -> measured.name().equals(name)).findFirst();
  }

  private static String now() {
    return Instant.now().truncatedTo(ChronoUnit.SECONDS).toString();
  }
}
