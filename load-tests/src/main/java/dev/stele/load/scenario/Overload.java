package dev.stele.load.scenario;

import dev.stele.load.measure.Measured;
import dev.stele.load.measure.Meter;
import dev.stele.load.measure.ProcessWatch;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/**
 * More messages than the server can take. A server that holds up goes on taking as many as before
 * and refuses the others at once, in a way that tells clients when to come again.
 *
 * @param what is done, at the rate of the run
 * @param saturation messages a second that the server takes when it is not asked for more; 0 when
 *     that is not known
 */
public record Overload(Conversation what, double saturation) implements Scenario {
  private static final String SEND = "send";

  @Override
  public String name() {
    return "overload";
  }

  @Override
  public Map<String, Object> settings() {
    Map<String, Object> settings = new TreeMap<>(what.settings());
    settings.put("saturation", Math.round(saturation));
    return settings;
  }

  @Override
  public Play prepare(Stage stage) {
    Play play = what.prepare(stage);
    return play.thenAtLast(
        () -> {
          play.ending().run();
          judge(stage);
        });
  }

  private void judge(Stage stage) {
    double seconds = stage.meter().window().seconds(stage.stopwatch().micros());
    double accepted = perSecond(stage, seconds, SEND);
    double refused = perSecond(stage, seconds, SEND + Meter.TURNED_AWAY);
    Meter meter = stage.meter();
    meter.figure("asked for", stage.pace().rate(), "a second");
    meter.figure("taken", accepted, "a second");
    meter.figure("refused", refused, "a second");
    if (saturation > 0) {
      meter.figure("taken, of what saturates", 100 * accepted / saturation, "%");
    }
    stage.remark(
        refused > 0
            ? "the server sheds what is too much"
            : "the server refused nothing: what is too much waited in line");
    double under = stage.pace().rate() - accepted - refused;
    if (under > stage.pace().rate() * 0.1) {
      stage.remark(
          String.format(
              Locale.ROOT,
              "%.0f a second could not even be asked: %d were under way all the time (--at-once)",
              under,
              what.atOnce()));
    }
    stage.memory().processes().forEach(process -> memory(stage, process.watched()));
  }

  private static double perSecond(Stage stage, double seconds, String operation) {
    return stage.meter().measured(seconds).stream()
        .filter(measured -> measured.name().equals(operation))
        .mapToDouble(Measured::perSecond)
        .sum();
  }

  private static void memory(Stage stage, ProcessWatch.Watched process) {
    List<ProcessWatch.Sample> samples =
        process.samples().stream().filter(sample -> sample.second() >= 0).toList();
    if (!samples.isEmpty()) {
      stage.remark(
          String.format(
              Locale.ROOT,
              "memory of %s with children: %.0f MB at first, %.0f MB at most, %.0f MB at last",
              process.name(),
              samples.get(0).treeMemoryMb(),
              samples.stream().mapToDouble(ProcessWatch.Sample::treeMemoryMb).max().orElse(0),
              samples.get(samples.size() - 1).treeMemoryMb()));
    }
  }
}
