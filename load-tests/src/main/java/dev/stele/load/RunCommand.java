package dev.stele.load;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Senders and listeners in rooms. */
@Command(
    name = "run",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    description = "Users send messages in rooms while others listen by long-poll.")
final class RunCommand implements Callable<Integer> {
  @Mixin final ServerOptions server = new ServerOptions();

  @Option(names = "--senders", description = "Users who send. Default: ${DEFAULT-VALUE}")
  int senders = 64;

  @Option(names = "--rooms", description = "Rooms they spread over. Default: ${DEFAULT-VALUE}")
  int rooms = 16;

  @Option(names = "--pollers", description = "Users who listen. Default: ${DEFAULT-VALUE}")
  int pollers;

  @Option(
      names = "--rate",
      description =
          "Messages a second by all together, on a schedule that does not wait for answers."
              + " Default: 0, each sender sends when its last message is answered")
  double rate;

  @Spec
  @SuppressWarnings("NullAway.Init") // Set by picocli before the call.
  CommandSpec spec;

  @Override
  public Integer call() throws Exception {
    Workload workload = server.run.workload(senders, rooms, pollers, rate);
    return server.run.report(server.measure("run", workload), spec.commandLine().getOut());
  }
}
