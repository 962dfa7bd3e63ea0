package dev.stele.load;

import java.io.IOException;
import java.io.OutputStreamWriter;
import java.io.PrintWriter;
import java.net.URI;
import java.nio.charset.Charset;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The options that all measurements share. */
final class RunOptions {
  @Option(
      names = "--warm-up",
      defaultValue = "5",
      description = "Seconds before measuring. Default: 5")
  double warmUp;

  @Option(names = "--seconds", defaultValue = "15", description = "Seconds to measure. Default: 15")
  double seconds;

  @Option(
      names = "--catch-up",
      defaultValue = "10",
      description = "Seconds that listeners may need at the end. Default: 10")
  double catchUp;

  @Option(
      names = "--max-sends",
      defaultValue = "10000000",
      description = "End early after this many messages. Default: 10000000")
  long maxSends;

  @Option(
      names = "--text",
      defaultValue = "80",
      description = "Characters in a message. Default: 80")
  int text;

  @Option(
      names = "--seed",
      defaultValue = "1",
      description = "Decides texts and schedules. Default: 1")
  long seed;

  @Option(
      names = "--sources",
      defaultValue = "0",
      description =
          "Connect from this many addresses, 127.0.0.1 and up. Default: the system's choice")
  int sources;

  @Option(
      names = "--threads",
      defaultValue = "1",
      description = "Event loops of the generator. Default: 1")
  int threads;

  @Option(names = "--json", paramLabel = "FILE", description = "Write the result as JSON.")
  @Nullable Path json;

  Target target(URI url) {
    return new Target(url, sources, threads);
  }

  Workload workload(int senders, int rooms, int pollers, double rate) {
    return new Workload(
        senders,
        rooms,
        pollers,
        rate,
        text,
        duration(warmUp),
        duration(seconds),
        duration(catchUp),
        maxSends,
        seed);
  }

  static Progress progress() {
    return new Progress(
        new PrintWriter(new OutputStreamWriter(System.err, Charset.defaultCharset()), true));
  }

  /** Prints the results, writes them when asked to, and gives the status to end with. */
  int report(List<Result> results, PrintWriter out) throws IOException {
    Report report = new Report(results);
    report.print(out);
    if (json != null) {
      report.write(json);
    }
    return results.stream().allMatch(Result::passed) ? 0 : 1;
  }

  private static Duration duration(double seconds) {
    return Duration.ofMillis(Math.round(seconds * 1000));
  }
}
