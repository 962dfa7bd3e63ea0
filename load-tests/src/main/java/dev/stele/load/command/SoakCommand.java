package dev.stele.load.command;

import dev.stele.load.scenario.Chat;
import dev.stele.load.scenario.Conversation;
import dev.stele.load.scenario.Pace;
import dev.stele.load.scenario.Scenario;
import dev.stele.load.scenario.Soak;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** For a long time. */
@Command(
    name = "soak",
    header = "A steady load for a long time: do latency and memory stay as they are?",
    description =
        "First finds out what the server can do, then asks for half of it for half an hour, unless"
            + " --rate and --minutes say otherwise. The result says of each p99 and of the memory"
            + " of each --pid whether it is flat or rises; with --gc also of what a Java server's"
            + " heap holds after a full collection, which it is asked for at the begin and after"
            + " each quarter of the time.")
public final class SoakCommand extends SustainedCommand {
  @Option(
      names = "--minutes",
      paramLabel = "N",
      description = "To measure, unless --seconds says otherwise. Default: 30")
  double minutes = 30;

  @Option(
      names = "--times",
      paramLabel = "FACTOR",
      description = "How much of what the server can do. Default: 0.5")
  double times = 0.5;

  @Option(names = "--people", paramLabel = "N", description = "Users who act. Default: 64")
  int people = 64;

  @Option(names = "--rooms", paramLabel = "N", description = "Rooms. Default: 16")
  int rooms = 16;

  @Option(
      names = "--chat",
      description =
          "Act and listen as in 'chat'. Default: send as in 'send', with a listener in each room")
  boolean chat;

  @Override
  Scenario scenario(Pace howMuch) {
    return new Soak(what("soak"));
  }

  @Override
  Scenario saturating(Pace howMuch) {
    return what("saturation");
  }

  private Scenario what(String name) {
    return chat
        ? new Chat(name, people, rooms, 1)
        : new Conversation(name, people, Math.min(rooms, people), rooms, rooms);
  }

  @Override
  double times() {
    return times;
  }

  @Override
  double defaultSeconds() {
    return minutes * 60;
  }
}
