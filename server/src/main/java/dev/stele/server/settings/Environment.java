package dev.stele.server.settings;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;

/** Settings from environment variables: {@code STELE_} and the setting's path, in capitals. */
final class Environment {
  /** What the command line and the launcher read themselves. */
  private static final Set<String> OTHERS = Set.of("STELE_CONFIG", "STELE_JAVA_OPTS", "STELE_PORT");

  /** Kubernetes tells every container of a service named "stele" where it is. */
  private static final Pattern SERVICE_LINKS = Pattern.compile("STELE_(SERVICE_|PORT_[0-9]).*");

  private Environment() {}

  static Map<String, Node> given(Map<String, String> variables) {
    Map<String, Setting<?>> settings = new TreeMap<>();
    SettingsTable.ALL.settings().forEach(setting -> settings.put(setting.variable(), setting));
    Map<String, Node> given = new LinkedHashMap<>();
    new TreeMap<>(variables)
        .forEach(
            (name, value) -> {
              if (name.startsWith("STELE_") && !isOther(name)) {
                Setting<?> setting = settings.get(name);
                if (setting == null) {
                  throw unknown(name, settings.keySet());
                }
                if (!value.isEmpty()) {
                  Place place = new Place(name, setting.path());
                  given.put(setting.path(), new Node.Scalar(place, Node.Kind.RAW, value));
                }
              }
            });
    return given;
  }

  private static boolean isOther(String name) {
    return OTHERS.contains(name) || SERVICE_LINKS.matcher(name).matches();
  }

  private static SettingsException unknown(String name, Set<String> known) {
    TreeSet<String> names = new TreeSet<>(known);
    names.addAll(List.copyOf(OTHERS));
    return SettingsException.unknown(new Place(name, ""), Nearest.to(name, names));
  }
}
