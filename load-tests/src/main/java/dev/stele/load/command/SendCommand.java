package dev.stele.load.command;

import dev.stele.load.scenario.Conversation;
import dev.stele.load.scenario.Pace;
import dev.stele.load.scenario.Scenario;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Senders, and listeners if wanted. */
@Command(
    name = "send",
    header = "Messages a second, and how long each takes until it is acknowledged.",
    description =
        "Users send messages in rooms, each the next one when the last is answered; with --rate,"
            + " at times that no answer delays. --rooms 1 is one hot room. Others may listen.")
public final class SendCommand extends ScenarioCommand {
  @Option(names = "--senders", paramLabel = "N", description = "Users who send. Default: 64")
  int senders = 64;

  @Option(names = "--rooms", paramLabel = "N", description = "Rooms they spread over. Default: 16")
  int rooms = 16;

  @Option(
      names = "--pollers",
      paramLabel = "N",
      description =
          "Users who listen by long-poll, spread over the rooms. Default: 0, or with --check one"
              + " in each room")
  int pollers = -1;

  @Option(
      names = "--ceiling",
      description = "Afterwards do the same with a bare Vert.x server, and compare.")
  boolean ceiling;

  @Override
  Scenario scenario(Pace howMuch) {
    int listening = pollers >= 0 ? pollers : howMuch.check() ? rooms : 0;
    return new Conversation("send", senders, rooms, listening, listening);
  }

  @Override
  boolean wantsCeiling() {
    return ceiling;
  }
}
