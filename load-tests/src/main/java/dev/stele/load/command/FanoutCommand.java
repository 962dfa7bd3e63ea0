package dev.stele.load.command;

import dev.stele.load.scenario.Conversation;
import dev.stele.load.scenario.Pace;
import dev.stele.load.scenario.Scenario;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Few senders and many listeners in one room. */
@Command(
    name = "fanout",
    header = "How long a message takes to everybody in a large room.",
    description =
        "Many users of one room listen by long-poll while messages come steadily, 5 a second"
            + " unless --rate says otherwise. 'delivery' is the time from send to each listener,"
            + " 'delivery to all' that to the last one.")
public final class FanoutCommand extends ScenarioCommand {
  static final int MOST_ACCOUNTS = 500;

  @Option(names = "--senders", paramLabel = "N", description = "Users who send. Default: 1")
  int senders = 1;

  @Option(names = "--pollers", paramLabel = "N", description = "Polls that wait. Default: 200")
  int pollers = 200;

  @Option(
      names = "--accounts",
      paramLabel = "N",
      description = "Users whom the polls belong to. Default: one for each poll, at most 500")
  int accounts;

  @Option(
      names = "--ceiling",
      description =
          "Afterwards do the same with a bare Vert.x server that holds as many polls and answers"
              + " them with as many bytes, and compare.")
  boolean ceiling;

  @Override
  Scenario scenario(Pace howMuch) {
    int listening = accounts > 0 ? accounts : Math.min(pollers, MOST_ACCOUNTS);
    return new Conversation("fanout", senders, 1, pollers, listening);
  }

  @Override
  double defaultRate() {
    return 5;
  }

  @Override
  boolean wantsCeiling() {
    return ceiling;
  }
}
