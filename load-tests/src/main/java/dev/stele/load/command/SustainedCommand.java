package dev.stele.load.command;

import dev.stele.load.measure.Measured;
import dev.stele.load.measure.Meter;
import dev.stele.load.measure.Saturation;
import dev.stele.load.report.Result;
import dev.stele.load.scenario.Pace;
import dev.stele.load.scenario.Run;
import dev.stele.load.scenario.Scenario;
import dev.stele.load.scenario.Screen;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Option;

/**
 * A command that loads the server with a part, or a multiple, of what it can do; which it finds out
 * first, unless it is told.
 */
public abstract class SustainedCommand extends ScenarioCommand {
  @Option(
      names = "--saturation",
      paramLabel = "PER_SECOND",
      description = "What the server can do. Default: measured first")
  double saturation;

  @Option(
      names = "--saturation-seconds",
      paramLabel = "SECONDS",
      description =
          "How long that is measured, again and again as long as it gets more. Default: 15")
  double saturationSeconds = PaceOptions.SECONDS;

  /** What is done as fast as the server answers, to find out what it can do. */
  abstract Scenario saturating(Pace howMuch);

  /** How much of what the server can do is asked for. */
  abstract double times();

  /** How long it is measured, unless told otherwise. */
  abstract double defaultSeconds();

  @Override
  public Integer call() throws Exception {
    Screen screen = output.screen();
    List<Result> results = new ArrayList<>();
    Double rate = pace.rate;
    if (rate == null) {
      if (saturation <= 0) {
        Result found =
            new Saturation<Result>(Result::passed, SustainedCommand::acts)
                .find(() -> flatOut(screen));
        results.add(found);
        saturation = acts(found);
      }
      rate = saturation * times();
    }
    Pace howMuch = pace.pace(rate, pace.seconds == null ? defaultSeconds() : pace.seconds);
    results.add(Run.measure(scenario(howMuch), atServer(howMuch, screen)));
    return report(results);
  }

  private Result flatOut(Screen screen) throws IOException, InterruptedException {
    Pace howMuch = pace.pace(0, saturationSeconds);
    return Run.measure(saturating(howMuch), atServer(howMuch, screen));
  }

  /** All that was asked of the server, each second. */
  private static double acts(Result found) {
    double acts =
        found.operations().stream()
            .filter(measured -> !measured.name().startsWith(Meter.DELIVERY))
            .filter(measured -> !measured.name().endsWith(Meter.TURNED_AWAY))
            .mapToDouble(Measured::perSecond)
            .sum();
    if (acts <= 0) {
      throw new IllegalStateException("the server did nothing: what saturates it is not known");
    }
    return acts;
  }
}
