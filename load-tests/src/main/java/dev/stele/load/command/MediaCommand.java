package dev.stele.load.command;

import dev.stele.load.scenario.Media;
import dev.stele.load.scenario.Pace;
import dev.stele.load.scenario.Scenario;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Files. */
@Command(
    name = "media",
    header = "Uploads and downloads.",
    description =
        "Each user uploads a file and downloads it again, which has to give the same "
            + "bytes. Ends with status 3 when the server has no media.")
public final class MediaCommand extends ScenarioCommand {
  @Option(names = "--people", paramLabel = "N", description = "Users. Default: 8")
  int people = 8;

  @Option(names = "--bytes", paramLabel = "N", description = "Size of a file. Default: 65536")
  int bytes = 65_536;

  @Override
  Scenario scenario(Pace howMuch) {
    return new Media(people, bytes);
  }
}
