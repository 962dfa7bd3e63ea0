package dev.stele.load.command;

import dev.stele.load.scenario.History;
import dev.stele.load.scenario.Pace;
import dev.stele.load.scenario.Scenario;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Pages. */
@Command(
    name = "history",
    header = "Scrolling back through a room.",
    description =
        "Readers page back through a room to its beginning, and begin again. Each has "
            + "to find each message once, in the order that all others do.")
public final class HistoryCommand extends ScenarioCommand {
  @Option(
      names = "--messages",
      paramLabel = "N",
      description = "Messages in the room. Default: 500")
  int messages = 500;

  @Option(names = "--readers", paramLabel = "N", description = "Users who scroll. Default: 8")
  int readers = 8;

  @Option(names = "--page", paramLabel = "N", description = "Events on a page. Default: 50")
  int page = 50;

  @Override
  Scenario scenario(Pace howMuch) {
    return new History(messages, readers, page);
  }
}
