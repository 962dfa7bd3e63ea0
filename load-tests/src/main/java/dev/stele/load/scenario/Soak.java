package dev.stele.load.scenario;

import dev.stele.load.measure.Measured;
import dev.stele.load.measure.ProcessWatch;
import dev.stele.load.measure.Trend;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.TreeMap;

/**
 * Another scenario for a long time: do latency and the memory of the server stay what they are?
 *
 * @param what is done
 */
public record Soak(Scenario what) implements Scenario {
  private static final double SETTLING = 0.2;
  private static final double LATENCY_SHARE = 0.25;
  private static final double LATENCY_ALWAYS_MS = 2;
  private static final double MEMORY_SHARE = 0.05;
  private static final double MEMORY_ALWAYS_MB = 8;
  private static final int COLLECTIONS = 4;

  @Override
  public String name() {
    return "soak";
  }

  @Override
  public Map<String, Object> settings() {
    return what.settings();
  }

  @Override
  public Play prepare(Stage stage) {
    Play play = what.prepare(stage);
    Heap heap = new Heap(stage.memory(), stage.pace().duration().toNanos() / 1e9);
    return play.andEachSecond(heap::look)
        .thenAtLast(
            () -> {
              play.ending().run();
              heap.lookAtLast();
              judge(stage, heap);
            });
  }

  private static void judge(Stage stage, Heap heap) {
    double seconds = stage.meter().window().seconds(stage.stopwatch().micros());
    double settled = seconds * SETTLING;
    for (Measured measured : stage.meter().measured(seconds)) {
      List<Trend.Seen> p99 =
          measured.timeline().stream()
              .filter(point -> point.second() > settled && point.perSecond() > 0)
              .map(point -> new Trend.Seen(point.second(), point.p99()))
              .toList();
      say(stage, "p99 of " + measured.name(), "ms", p99, LATENCY_SHARE, LATENCY_ALWAYS_MS);
    }
    for (ProcessWatch process : stage.memory().processes()) {
      ProcessWatch.Watched watched = process.watched();
      List<Trend.Seen> memory =
          watched.samples().stream()
              .filter(sample -> sample.second() > settled)
              .map(sample -> new Trend.Seen(sample.second(), sample.treeMemoryMb()))
              .toList();
      say(
          stage,
          "memory of " + watched.name() + " with children",
          "MB",
          memory,
          MEMORY_SHARE,
          MEMORY_ALWAYS_MB);
    }
    heap.judge(stage);
  }

  /** Says whether something is as it was, or rises. */
  private static void say(
      Stage stage, String what, String unit, List<Trend.Seen> seen, double share, double always) {
    Trend.of(seen)
        .ifPresent(
            trend ->
                stage.remark(
                    String.format(
                        Locale.ROOT,
                        "%s %s: %.1f %s, %+.2f a minute (%+.1f in the last %.1f minutes)",
                        what,
                        trend.isFlat(share, always) ? "is flat" : "RISES",
                        trend.typical(),
                        unit,
                        trend.change() / trend.seconds() * 60,
                        trend.change(),
                        trend.seconds() / 60)));
  }

  /** What a Java server holds on to, seen now and then. One thread's. */
  private static final class Heap {
    private final Memory memory;
    private final double seconds;
    private final Map<Integer, Double> used = new TreeMap<>();

    Heap(Memory memory, double seconds) {
      this.memory = memory;
      this.seconds = seconds;
    }

    /** Looks at the begin of the time measured, and after each part of it. */
    void look(double second) {
      int part = (int) Math.floor(second / seconds * COLLECTIONS);
      if (second >= 0 && part < COLLECTIONS && !used.containsKey(part)) {
        note(part);
      }
    }

    void lookAtLast() {
      note(COLLECTIONS);
    }

    private void note(int part) {
      if (memory.collectGarbage()) {
        OptionalDouble now = memory.heapAfterCollection();
        now.ifPresent(mb -> used.put(part, mb));
      }
    }

    /** The first one is of a server whose caches are still filling. */
    void judge(Stage stage) {
      List<String> told = new ArrayList<>();
      used.values().forEach(mb -> told.add(String.format(Locale.ROOT, "%.1f", mb)));
      Double early = used.get(1);
      Double last = used.get(COLLECTIONS);
      if (early != null && last != null) {
        double most = Math.max(early * (1 + MEMORY_SHARE), early + MEMORY_ALWAYS_MB);
        stage.remark(
            "heap after a full collection %s: %s MB, after each quarter of the time"
                .formatted(last <= most ? "is flat" : "RISES", String.join(", ", told)));
      }
    }
  }
}
