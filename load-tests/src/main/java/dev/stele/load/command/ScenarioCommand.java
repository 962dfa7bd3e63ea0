package dev.stele.load.command;

import dev.stele.load.bare.BareServerProcess;
import dev.stele.load.client.Registration;
import dev.stele.load.client.Target;
import dev.stele.load.client.User;
import dev.stele.load.measure.ProcessWatch;
import dev.stele.load.report.Result;
import dev.stele.load.scenario.Memory;
import dev.stele.load.scenario.Pace;
import dev.stele.load.scenario.Run;
import dev.stele.load.scenario.Scenario;
import dev.stele.load.scenario.Screen;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** A command that measures a scenario. */
@Command(
    mixinStandardHelpOptions = true,
    sortOptions = false,
    usageHelpAutoWidth = true,
    abbreviateSynopsis = true)
public abstract class ScenarioCommand implements Callable<Integer> {
  @Mixin final ServerOptions server = new ServerOptions();

  @Mixin final PaceOptions pace = new PaceOptions();

  @Mixin final OutputOptions output = new OutputOptions();

  @Spec
  @SuppressWarnings("NullAway.Init") // Set by picocli before the call.
  CommandSpec spec;

  /** Has the help of all such commands below a command list options by what they are about. */
  public static void arrangeHelp(CommandLine parent) {
    parent.getSubcommands().values().stream()
        .filter(command -> command.getCommand() instanceof ScenarioCommand)
        .forEach(OptionSections::install);
  }

  /** What the options ask for. */
  abstract Scenario scenario(Pace pace);

  /** Acts a second, unless told otherwise; 0 for as many as the server answers. */
  double defaultRate() {
    return 0;
  }

  /** Whether the bare server is to be measured with the same as well. */
  boolean wantsCeiling() {
    return false;
  }

  @Override
  public Integer call() throws Exception {
    Pace howMuch = pace.pace(defaultRate());
    Scenario scenario = scenario(howMuch);
    Screen screen = output.screen();
    List<Result> results = new ArrayList<>();
    results.add(Run.measure(scenario, atServer(howMuch, screen)));
    if (wantsCeiling()) {
      results.add(ceiling(scenario, howMuch, screen, results.get(0).answerBytes()));
    }
    return report(results);
  }

  final Result ceiling(Scenario scenario, Pace howMuch, Screen screen, long answerBytes)
      throws IOException, InterruptedException {
    try (BareServerProcess bare = BareServerProcess.start(answerBytes)) {
      Target target = server.where().at(bare.url());
      Memory memory =
          new Memory(List.of(ProcessWatch.of("bare server", bare.pid())), server.collectGarbage);
      return Run.measure(
          scenario,
          new Run.Setting(
              "bare Vert.x",
              target,
              new Registration.Open(),
              howMuch,
              memory,
              screen,
              everybody -> {}));
    }
  }

  final Integer report(List<Result> results) throws IOException {
    String command = String.join(" ", spec.commandLine().getParseResult().originalArgs());
    return output.report(spec.name() + " " + command, results, spec.commandLine().getOut());
  }

  final Run.Setting atServer(Pace howMuch, Screen screen) throws IOException {
    return new Run.Setting(
        server.label,
        server.where(),
        server.registration(),
        howMuch,
        server.memory(),
        screen,
        this::save);
  }

  private void save(List<User> everybody) {
    Path file = server.saveUsers;
    if (file == null) {
      return;
    }
    List<String> lines = everybody.stream().map(user -> user.id() + " " + user.token()).toList();
    try {
      Files.write(file, lines, StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException("save-users: " + file, e);
    }
  }
}
