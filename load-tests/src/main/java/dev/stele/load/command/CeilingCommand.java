package dev.stele.load.command;

import dev.stele.load.scenario.Conversation;
import dev.stele.load.scenario.Idle;
import dev.stele.load.scenario.Pace;
import dev.stele.load.scenario.Scenario;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** What this machine and this generator can do at most. */
@Command(
    name = "ceiling",
    header = "What this machine and this generator can do at most.",
    description =
        "Measures a bare Vert.x server, in a process of its own, that parses messages, answers"
            + " with event ids and holds polls, and does nothing else. --target is ignored. The"
            + " result is called as that of the command it is like, so that 'compare' draws it"
            + " beside the results of homeservers.")
public final class CeilingCommand extends ScenarioCommand {
  @Option(
      names = "--like",
      paramLabel = "COMMAND",
      description =
          "${COMPLETION-CANDIDATES}: with the numbers that are its defaults. Fan-out has no rate"
              + " unless one is given: the next message comes as soon as the last is answered."
              + " Default: send")
  Like like = Like.send;

  @Option(names = "--senders", paramLabel = "N", description = "Users who send.")
  @Nullable Integer senders;

  @Option(names = "--rooms", paramLabel = "N", description = "Rooms.")
  @Nullable Integer rooms;

  @Option(names = "--pollers", paramLabel = "N", description = "Polls that wait.")
  @Nullable Integer pollers;

  @Option(
      names = "--accounts",
      paramLabel = "N",
      description = "Users whom the polls belong to. Default: one for each poll, at most 500")
  int accounts;

  @Option(
      names = "--answer-bytes",
      paramLabel = "N",
      description = "Least length of an answer to a poll. Default: 800")
  long answerBytes = 800;

  /** A command; lower case, as people write it. */
  enum Like {
    send(64, 16, 0),
    fanout(1, 1, 200),
    idle(0, 1, 1_000);

    final int senders;
    final int rooms;
    final int pollers;

    Like(int senders, int rooms, int pollers) {
      this.senders = senders;
      this.rooms = rooms;
      this.pollers = pollers;
    }
  }

  @Override
  Scenario scenario(Pace howMuch) {
    int inRooms = rooms == null ? like.rooms : rooms;
    int polls = pollers == null ? like.pollers : pollers;
    int owners = accounts > 0 ? accounts : Math.min(polls, FanoutCommand.MOST_ACCOUNTS);
    return like == Like.idle
        ? new Idle(polls, owners, inRooms)
        : new Conversation(
            like.name(), senders == null ? like.senders : senders, inRooms, polls, owners);
  }

  @Override
  public Integer call() throws Exception {
    Pace howMuch = pace.pace(0);
    return report(List.of(ceiling(scenario(howMuch), howMuch, output.screen(), answerBytes)));
  }
}
