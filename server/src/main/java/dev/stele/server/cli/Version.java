package dev.stele.server.cli;

import java.util.Optional;
import picocli.CommandLine.IVersionProvider;

/** Which Stele this is. */
final class Version implements IVersionProvider {

  /** The version in the jar's manifest; classes outside of a jar have none. */
  static String number() {
    return Optional.ofNullable(Version.class.getPackage().getImplementationVersion())
        .orElse("development");
  }

  static String line() {
    return "stele " + number() + " (Java " + Runtime.version() + ")";
  }

  @Override
  public String[] getVersion() {
    return new String[] {line()};
  }
}
