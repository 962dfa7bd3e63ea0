package dev.stele.server.settings;

import java.util.Map;
import java.util.Optional;

/**
 * The values of a table's settings.
 *
 * @param given what was said, by path; everything else has its default
 */
record Values(Map<String, Node> given) {

  Values {
    given = Map.copyOf(given);
  }

  /** The value of a setting that has a default. */
  <T> T get(Setting<T> setting) {
    return find(setting).orElseGet(() -> setting.type().read(standard(setting)));
  }

  /** The value of a setting, if one was given. */
  <T> Optional<T> find(Setting<T> setting) {
    return Optional.ofNullable(given.get(setting.path())).map(setting.type()::read);
  }

  /**
   * The value of a setting that {@code because} needs.
   *
   * @throws SettingsException when none was given
   */
  <T> T need(Setting<T> setting, Place because) {
    return find(setting)
        .orElseThrow(
            () -> new SettingsException(because + ": needs " + setting.path() + " as well"));
  }

  /** Where the first given one of these settings stands. */
  Optional<Place> firstOf(Setting<?>... settings) {
    for (Setting<?> setting : settings) {
      Node node = given.get(setting.path());
      if (node != null) {
        return Optional.of(node.place());
      }
    }
    return Optional.empty();
  }

  private static Node standard(Setting<?> setting) {
    Place place = new Place("default", setting.path());
    return new Node.Scalar(place, Node.Kind.RAW, setting.standard());
  }
}
