package dev.stele.load.command;

import dev.stele.load.scenario.Gap;
import dev.stele.load.scenario.Pace;
import dev.stele.load.scenario.Scenario;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Gaps. */
@Command(
    name = "gap",
    header = "Clients that were away while much was said.",
    description =
        "Clients that stay away for K events come back at once, sync from where they "
            + "were, and scroll back for what the sync left out. Each has to end up with each "
            + "event once, in order.")
public final class GapCommand extends ScenarioCommand {
  @Option(names = "--clients", paramLabel = "N", description = "Clients. Default: 20")
  int clients = 20;

  @Option(names = "--rooms", paramLabel = "N", description = "Rooms that all are in. Default: 5")
  int rooms = 5;

  @Option(names = "--events", paramLabel = "K", description = "Events that they miss. Default: 200")
  int events = 200;

  @Override
  Scenario scenario(Pace howMuch) {
    return new Gap(clients, rooms, events);
  }
}
