package dev.stele.load.command;

import dev.stele.load.scenario.LoginStorm;
import dev.stele.load.scenario.Pace;
import dev.stele.load.scenario.Scenario;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Logins. */
@Command(
    name = "login-storm",
    header = "Many users log in at once.",
    description =
        "Each logs in on a new device with a password, syncs once and logs out, again "
            + "and again. What a login costs is mostly the hash of the password: compare "
            + "servers with hashes of the same strength.")
public final class LoginStormCommand extends ScenarioCommand {
  @Option(
      names = "--people",
      paramLabel = "N",
      description = "Users, each one login at a time. Default: 16")
  int people = 16;

  @Override
  Scenario scenario(Pace howMuch) {
    return new LoginStorm(people);
  }
}
