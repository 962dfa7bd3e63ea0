package dev.stele.load;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Few senders and many listeners in one room. */
@Command(
    name = "fanout",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    description = "One room in which many users listen by long-poll while messages come steadily.")
final class FanoutCommand implements Callable<Integer> {
  @Mixin final ServerOptions server = new ServerOptions();

  @Option(names = "--senders", description = "Users who send. Default: ${DEFAULT-VALUE}")
  int senders = 1;

  @Option(names = "--pollers", description = "Users who listen. Default: ${DEFAULT-VALUE}")
  int pollers = 200;

  @Option(names = "--rate", description = "Messages a second. Default: ${DEFAULT-VALUE}")
  double rate = 20;

  @Spec
  @SuppressWarnings("NullAway.Init") // Set by picocli before the call.
  CommandSpec spec;

  @Override
  public Integer call() throws Exception {
    Workload workload = server.run.workload(senders, 1, pollers, rate);
    return server.run.report(server.measure("fanout", workload), spec.commandLine().getOut());
  }
}
