package dev.stele.load.command;

import dev.stele.load.scenario.Conversation;
import dev.stele.load.scenario.Overload;
import dev.stele.load.scenario.Pace;
import dev.stele.load.scenario.Scenario;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Too much. */
@Command(
    name = "overload",
    header = "More than the server can do: does it hold up?",
    description =
        "First finds out how many messages the server takes, then sends twice as many for half a"
            + " minute, unless --rate and --seconds say otherwise. Tells how many it took and how"
            + " fast, how many it refused (429 or 503, which is no failure here) and whether it"
            + " said when to come again, and with --pid where its memory went.")
public final class OverloadCommand extends SustainedCommand {
  private static final int DEFAULT_SECONDS = 30;

  @Option(
      names = "--times",
      paramLabel = "FACTOR",
      description = "How much of what the server can do. Default: 2")
  double times = 2;

  @Option(names = "--senders", paramLabel = "N", description = "Users who send. Default: 256")
  int senders = 256;

  @Option(names = "--rooms", paramLabel = "N", description = "Rooms. Default: 16")
  int rooms = 16;

  @Option(
      names = "--at-once",
      paramLabel = "N",
      description =
          "Messages that may be under way, each on a connection of its own; what is due beyond that"
              + " waits here. Default: 5000")
  int atOnce = 5_000;

  @Override
  Scenario scenario(Pace howMuch) {
    int pollers = howMuch.check() ? rooms : 0;
    return new Overload(
        new Conversation("overload", senders, rooms, pollers, pollers, Math.max(atOnce, senders)),
        saturation);
  }

  @Override
  Scenario saturating(Pace howMuch) {
    int few = Math.min(senders, 64);
    return new Conversation("saturation", few, Math.min(rooms, few), 0, 0);
  }

  @Override
  double times() {
    return times;
  }

  @Override
  double defaultSeconds() {
    return DEFAULT_SECONDS;
  }
}
