package dev.stele.load;

import java.io.IOException;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** What this machine and this generator can do at most. */
@Command(
    name = "ceiling",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    description = "Measures a bare HTTP server that reads the same messages and keeps nothing.")
final class CeilingCommand implements Callable<Integer> {
  @Mixin final RunOptions run = new RunOptions();

  @Option(names = "--senders", description = "Users who send. Default: ${DEFAULT-VALUE}")
  int senders = 64;

  @Option(names = "--rooms", description = "Rooms they spread over. Default: ${DEFAULT-VALUE}")
  int rooms = 16;

  @Spec
  @SuppressWarnings("NullAway.Init") // Set by picocli before the call.
  CommandSpec spec;

  @Override
  public Integer call() throws Exception {
    Workload workload = run.workload(senders, rooms, 0, 0);
    Result result = measure(run, workload, RunOptions.progress());
    return run.report(List.of(result), spec.commandLine().getOut());
  }

  /** Measures a bare server in a process of its own, as a homeserver would be. */
  static Result measure(RunOptions run, Workload workload, Progress progress)
      throws IOException, InterruptedException {
    try (BareServerProcess bare = BareServerProcess.start()) {
      return Run.measure(
          "ceiling", run.target(bare.url()), new Registration.Open(), workload, progress);
    }
  }
}
