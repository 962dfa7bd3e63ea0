package dev.stele.server.settings;

import java.util.List;

/**
 * Settings, and what an operator should be told about them.
 *
 * @param warnings one line each: features that do not exist yet, unsafe switches that are on
 * @param explained every setting, in the order of the reference
 */
public record Loaded(Settings settings, List<String> warnings, List<Explained> explained) {

  public Loaded {
    warnings = List.copyOf(warnings);
    explained = List.copyOf(explained);
  }

  /**
   * One setting.
   *
   * @param value as it was written, or the default; secrets are hidden
   * @param source the file and line, variable or flag that gave it, or {@code default}
   * @param exists whether the feature exists yet
   */
  public record Explained(
      String path, String value, String source, String meaning, boolean exists) {}
}
