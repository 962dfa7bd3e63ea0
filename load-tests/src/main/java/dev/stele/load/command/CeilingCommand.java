package dev.stele.load.command;

import dev.stele.load.scenario.Conversation;
import dev.stele.load.scenario.Pace;
import dev.stele.load.scenario.Scenario;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** What this machine and this generator can do at most. */
@Command(
    name = "ceiling",
    header = "What this machine and this generator can do at most.",
    description =
        "Measures a bare Vert.x server, in a process of its own, that parses messages, answers"
            + " with event ids and holds polls, and does nothing else. --target is ignored.")
public final class CeilingCommand extends ScenarioCommand {
  @Option(names = "--senders", paramLabel = "N", description = "Users who send. Default: 64")
  int senders = 64;

  @Option(names = "--rooms", paramLabel = "N", description = "Rooms. Default: 16")
  int rooms = 16;

  @Option(names = "--pollers", paramLabel = "N", description = "Polls that wait. Default: 0")
  int pollers;

  @Option(
      names = "--answer-bytes",
      paramLabel = "N",
      description = "Least length of an answer to a poll. Default: 0")
  long answerBytes;

  @Override
  Scenario scenario(Pace howMuch) {
    return new Conversation("ceiling", senders, rooms, pollers, pollers);
  }

  @Override
  public Integer call() throws Exception {
    Pace howMuch = pace.pace(0);
    return report(List.of(ceiling(scenario(howMuch), howMuch, output.screen(), answerBytes)));
  }
}
