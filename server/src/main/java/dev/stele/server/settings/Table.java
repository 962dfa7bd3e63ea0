package dev.stele.server.settings;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;

/** The settings that may stand in one place: in the file, or in one item of a list. */
record Table(List<Setting<?>> settings) {

  /**
   * The values given in {@code top}, by the paths of their settings. Values left empty count as not
   * given.
   *
   * @throws SettingsException when a key is unknown or a section is not one
   */
  Map<String, Node> given(Node top) {
    Map<String, Node> given = new LinkedHashMap<>();
    if (!top.isNothing()) {
      collect("", top, given);
    }
    return given;
  }

  Optional<Setting<?>> find(String path) {
    return settings.stream().filter(setting -> setting.path().equals(path)).findFirst();
  }

  private void collect(String section, Node node, Map<String, Node> given) {
    if (!(node instanceof Node.Mapping mapping)) {
      throw SettingsException.wrong(node.place(), node.shown(), "a section of settings");
    }
    mapping
        .entries()
        .forEach(
            (key, value) -> {
              String path = section.isEmpty() ? key : section + "." + key;
              if (find(path).isPresent()) {
                if (!value.isNothing()) {
                  given.put(path, value);
                }
              } else if (!isSection(path)) {
                throw unknown(value.place(), path);
              } else if (!value.isNothing()) {
                collect(path, value, given);
              }
            });
  }

  private boolean isSection(String path) {
    return settings.stream().anyMatch(setting -> setting.path().startsWith(path + "."));
  }

  private SettingsException unknown(Place place, String path) {
    TreeSet<String> names = new TreeSet<>();
    for (Setting<?> setting : settings) {
      names.add(setting.path());
      for (int dot = setting.path().indexOf('.'); dot >= 0; ) {
        names.add(setting.path().substring(0, dot));
        dot = setting.path().indexOf('.', dot + 1);
      }
    }
    return SettingsException.unknown(place, Nearest.to(path, names));
  }
}
