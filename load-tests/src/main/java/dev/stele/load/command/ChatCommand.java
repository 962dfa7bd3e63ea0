package dev.stele.load.command;

import dev.stele.load.scenario.Chat;
import dev.stele.load.scenario.Pace;
import dev.stele.load.scenario.Scenario;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** People who chat. */
@Command(
    name = "chat",
    header = "A realistic mix: people in rooms of several sizes.",
    description =
        "People listen all the time, and send messages (half of all acts), read "
            + "receipts and typing notices in rooms whose sizes follow a Zipf law; 20 acts a "
            + "second by all together, unless --rate says otherwise.")
public final class ChatCommand extends ScenarioCommand {
  @Option(names = "--people", paramLabel = "N", description = "Users. Default: 50")
  int people = 50;

  @Option(names = "--rooms", paramLabel = "N", description = "Rooms. Default: 20")
  int rooms = 20;

  @Option(
      names = "--zipf",
      paramLabel = "EXPONENT",
      description = "How fast the sizes of rooms fall; the first room has all users. Default: 1")
  double zipf = 1;

  @Override
  Scenario scenario(Pace howMuch) {
    return new Chat("chat", people, rooms, zipf);
  }

  @Override
  double defaultRate() {
    return 20;
  }
}
