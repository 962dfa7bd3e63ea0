package dev.stele.api;

import java.util.Locale;

/** A part of the API that a listener may serve or leave out. */
public enum Api {
  CLIENT,
  FEDERATION,
  MEDIA,
  ADMIN,
  METRICS;

  /** The name in the settings: {@code client}, {@code federation} and so on. */
  public String settingName() {
    return name().toLowerCase(Locale.ROOT);
  }
}
