package dev.stele.stateres.bench;

import dev.stele.stateres.resolve.StateMap;
import dev.stele.stateres.resolve.StateResolver;
import dev.stele.stateres.version.RoomVersion;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** What it costs to let the lines of a forked room meet. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Fork(1)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 3, time = 1)
public class ResolutionBenchmark {
  /** Events before the fork. */
  @Param({"1000"})
  private int before;

  /** State events on all lines together. */
  @Param({"1000", "10000", "100000"})
  private int after;

  /** Lines. */
  @Param({"2", "50"})
  private int width;

  /** The room's version. */
  @Param({"11", "12"})
  private String version;

  private RoomVersion rules;
  private GeneratedRoom room;

  /** Makes the room once. */
  @Setup
  public void make() {
    rules = RoomVersion.of(version).orElseThrow();
    room = new GeneratedRoom(rules, before, after, width);
  }

  /** All lines at once. */
  @Benchmark
  public StateMap<String> resolve() {
    return StateResolver.resolve(rules, room.states(), room);
  }
}
