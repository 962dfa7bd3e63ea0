package dev.stele.load.command;

import dev.stele.load.scenario.JoinStorm;
import dev.stele.load.scenario.Pace;
import dev.stele.load.scenario.Scenario;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Joins. */
@Command(
    name = "join-storm",
    header = "Many users join one room at once.",
    description =
        "All join, then all leave, again and again. At the end, the list of the room's "
            + "members has to be what was acknowledged.")
public final class JoinStormCommand extends ScenarioCommand {
  @Option(names = "--people", paramLabel = "N", description = "Users. Default: 200")
  int people = 200;

  @Option(
      names = "--at-once",
      paramLabel = "N",
      description = "Requests under way at any time. Default: 32")
  int atOnce = 32;

  @Override
  Scenario scenario(Pace howMuch) {
    return new JoinStorm(people, Math.min(atOnce, people));
  }
}
