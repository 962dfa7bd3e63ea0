package dev.stele.load.command;

import dev.stele.load.scenario.Idle;
import dev.stele.load.scenario.Pace;
import dev.stele.load.scenario.Scenario;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Polls that wait. */
@Command(
    name = "idle",
    header = "What waiting polls cost: memory and processor time.",
    description =
        "N long-polls wait while nothing happens. --pid names the server's process; "
            + "--gc has a Java server collect its garbage before memory counts. With --check, "
            + "a message in each room wakes all polls at the end.")
public final class IdleCommand extends ScenarioCommand {
  @Option(names = "--pollers", paramLabel = "N", description = "Polls that wait. Default: 1000")
  int pollers = 1_000;

  @Option(
      names = "--accounts",
      paramLabel = "N",
      description = "Users whom the polls belong to. Default: one for each poll, at most 500")
  int accounts;

  @Option(
      names = "--rooms",
      paramLabel = "N",
      description = "Rooms that the users spread over. Default: 1")
  int rooms = 1;

  @Option(
      names = "--ceiling",
      description = "Afterwards do the same with a bare Vert.x server, and compare.")
  boolean ceiling;

  @Override
  Scenario scenario(Pace howMuch) {
    int owners = accounts > 0 ? accounts : Math.min(pollers, FanoutCommand.MOST_ACCOUNTS);
    return new Idle(pollers, owners, rooms);
  }

  @Override
  boolean wantsCeiling() {
    return ceiling;
  }
}
