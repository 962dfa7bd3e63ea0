package dev.stele.server.settings;

import java.util.Optional;

/** A setting is unknown or wrong. The message is one line that says where, what and why. */
public final class SettingsException extends RuntimeException {
  private static final long serialVersionUID = 1;

  SettingsException(String message) {
    super(message, null, false, false);
  }

  /** Of the form {@code stele.yaml:4: password.minimum_length: -1 (expected: >= 0)}. */
  static SettingsException wrong(Place place, String value, String expected) {
    return new SettingsException(place + ": " + value + " (expected: " + expected + ")");
  }

  /** Of the form {@code stele.yaml:4: regstration: unknown setting (did you mean ...?)}. */
  static SettingsException unknown(Place place, Optional<String> meant) {
    String hint = meant.map(name -> " (did you mean " + name + "?)").orElse("");
    return new SettingsException(place + ": unknown setting" + hint);
  }
}
