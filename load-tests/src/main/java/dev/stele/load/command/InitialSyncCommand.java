package dev.stele.load.command;

import dev.stele.load.scenario.InitialSync;
import dev.stele.load.scenario.Pace;
import dev.stele.load.scenario.Scenario;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** First syncs. */
@Command(
    name = "initial-sync",
    header = "The first sync of an account in many rooms.",
    description =
        "An account in R rooms of M members syncs from nothing, again and again: with "
            + "all members (full), with those who spoke (lazy), and by simplified sliding "
            + "sync (sliding), in turn.")
public final class InitialSyncCommand extends ScenarioCommand {
  @Option(names = "--rooms", paramLabel = "R", description = "Rooms. Default: 20")
  int rooms = 20;

  @Option(names = "--members", paramLabel = "M", description = "Members of each. Default: 20")
  int members = 20;

  @Option(names = "--messages", paramLabel = "N", description = "Messages in each. Default: 5")
  int messages = 5;

  @Option(names = "--clients", paramLabel = "N", description = "Syncs at once. Default: 1")
  int clients = 1;

  @Option(
      names = "--kind",
      paramLabel = "KIND",
      description = "full, lazy or sliding; may be repeated. Default: all")
  List<String> kinds = new ArrayList<>();

  @Override
  Scenario scenario(Pace howMuch) {
    return new InitialSync(rooms, members, messages, clients, kinds());
  }

  private List<InitialSync.Kind> kinds() {
    return kinds.isEmpty()
        ? List.of(InitialSync.Kind.values())
        : kinds.stream().map(InitialSyncCommand::kind).toList();
  }

  private static InitialSync.Kind kind(String name) {
    try {
      return InitialSync.Kind.valueOf(name.toUpperCase(Locale.ROOT));
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException("kind: " + name + " (expected: full, lazy or sliding)", e);
    }
  }
}
