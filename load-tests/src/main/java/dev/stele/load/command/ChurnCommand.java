package dev.stele.load.command;

import dev.stele.load.scenario.Churn;
import dev.stele.load.scenario.Pace;
import dev.stele.load.scenario.Scenario;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Coming and going. */
@Command(
    name = "churn",
    header = "Clients that come and go.",
    description =
        "Clients close their connections in the middle of a poll, stay away up to 1.5 s "
            + "and go on where they were; a fifth of them begin a new session as well. Ten "
            + "leave each second, unless --rate says otherwise, while messages come all the "
            + "time; nothing may be missed.")
public final class ChurnCommand extends ScenarioCommand {
  @Option(names = "--clients", paramLabel = "N", description = "Clients. Default: 50")
  int clients = 50;

  @Option(
      names = "--rooms",
      paramLabel = "N",
      description = "Rooms that they spread over. Default: 5")
  int rooms = 5;

  @Option(
      names = "--messages",
      paramLabel = "PER_SECOND",
      description = "Messages a second, in all rooms together. Default: 10")
  double messages = 10;

  @Override
  Scenario scenario(Pace howMuch) {
    return new Churn(clients, rooms, messages);
  }

  @Override
  double defaultRate() {
    return 10;
  }
}
