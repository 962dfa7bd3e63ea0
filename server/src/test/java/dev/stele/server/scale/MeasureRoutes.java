package dev.stele.server.scale;

import dev.stele.server.testing.ServerProcess;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.regex.Pattern;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/**
 * Starts a server on generated data and asks each route a few times. Prints a row for each: the
 * first answer, the median of the others and the slowest, the size, the heap in use afterwards, and
 * the longest that a message took to a poll in another room meanwhile.
 */
@Command(
    name = "MeasureRoutes",
    description = "Measures routes of a server on generated data.",
    mixinStandardHelpOptions = true)
public final class MeasureRoutes implements Callable<Integer> {
  @Parameters(paramLabel = "DIRECTORY", description = "What GenerateLog was given.")
  private Path directory;

  @Option(names = "--only", description = "A pattern of the rows to measure.")
  private String only = "";

  @Option(names = "--busy", description = "Asks as the busy account, not about the huge room.")
  private boolean busy;

  /** Measures, and prints a table. */
  public static void main(String[] args) {
    System.exit(new CommandLine(new MeasureRoutes()).execute(args));
  }

  @Override
  public Integer call() throws Exception {
    long begun = System.nanoTime();
    String settings =
        "server_name: " + GeneratedLog.SERVER + "\nunsafe: { disable_rate_limits: true }\n";
    try (ServerProcess server =
        ServerProcess.in(directory.toAbsolutePath()).settings(settings).start()) {
      System.out.printf("ready after %.1f s%n", (System.nanoTime() - begun) / 1e9);
      Caller caller = new Caller(server.url());
      Pattern wanted = Pattern.compile(only);
      try (LivePair live = new LivePair(caller)) {
        List<Probe> probes =
            busy ? new BusyAccountProbes(caller).all() : new HugeRoomProbes(caller).all();
        System.out.println(
            "| request | first ms | median ms | slowest ms | kB | heap MB | live ms |");
        System.out.println("|---|---:|---:|---:|---:|---:|---:|");
        for (Probe probe : probes) {
          if (wanted.matcher(probe.name()).find()) {
            measure(caller, live, probe);
          }
        }
      }
      server.stop();
    }
    return 0;
  }

  private static void measure(Caller caller, LivePair live, Probe probe) {
    double unused = live.worstMillis();
    double[] millis = new double[probe.times()];
    Caller.Answer answer = null;
    for (int i = 0; i < probe.times(); i++) {
      answer = probe.ask(caller, i);
      millis[i] = answer.nanos() / 1e6;
    }
    double first = millis[0];
    double[] later = Arrays.copyOfRange(millis, Math.min(1, millis.length - 1), millis.length);
    Arrays.sort(later);
    double heap = caller.metric("jvm_memory_used_bytes{area=\"heap\"");
    System.out.printf(
        "| %s%s | %.0f | %.1f | %.1f | %,d | %.0f | %.0f |%n",
        probe.name(),
        answer.status() == 200 ? "" : " (" + answer.status() + ")",
        first,
        later[later.length / 2],
        later[later.length - 1],
        answer.body().length / 1_000,
        heap / (1 << 20),
        live.worstMillis());
  }
}
