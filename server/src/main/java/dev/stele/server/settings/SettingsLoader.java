package dev.stele.server.settings;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import dev.stele.server.settings.Loaded.Explained;
import dev.stele.server.settings.Setting.Trait;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * Gathers settings from a file, the environment and flags; of two that say the same, the one added
 * later wins. Not thread-safe.
 */
public final class SettingsLoader {
  private final Map<String, Node> given = new LinkedHashMap<>();
  private Optional<Node> port = Optional.empty();

  /**
   * Adds a settings file.
   *
   * @throws SettingsException when it cannot be read, or a key is unknown
   */
  @CanIgnoreReturnValue
  public SettingsLoader file(Path file) {
    try {
      return yaml(file.toString(), Files.readString(file));
    } catch (NoSuchFileException e) {
      throw new SettingsException(file + ": no such settings file");
    } catch (IOException e) {
      throw new SettingsException(file + ": cannot be read: " + e.getMessage());
    }
  }

  /**
   * Adds the text of a settings file.
   *
   * @param name what messages call it
   * @throws SettingsException when it is not YAML, or a key is unknown
   */
  @CanIgnoreReturnValue
  public SettingsLoader yaml(String name, String text) {
    given.putAll(SettingsTable.ALL.given(YamlReader.file(name, text)));
    return this;
  }

  /**
   * Adds the variables that begin with {@code STELE_}. A number in {@code STELE_PORT} moves the
   * first listener.
   *
   * @throws SettingsException when there is no such setting
   */
  @CanIgnoreReturnValue
  public SettingsLoader environment(Map<String, String> variables) {
    given.putAll(Environment.given(variables));
    String moved = variables.getOrDefault("STELE_PORT", "");
    return moved.matches("-?[0-9]+") ? port("STELE_PORT", moved) : this;
  }

  /**
   * Adds the value of a flag.
   *
   * @param flag as it was typed, such as {@code --data-dir}
   * @param path the setting it stands for
   */
  @CanIgnoreReturnValue
  public SettingsLoader flag(String flag, String path, String value) {
    given.put(path, new Node.Scalar(new Place(flag, path), Node.Kind.RAW, value));
    return this;
  }

  /**
   * Moves the first listener to another port.
   *
   * @param source the flag or variable that says so
   */
  @CanIgnoreReturnValue
  public SettingsLoader port(String source, String value) {
    Place place = new Place(source, "listeners[0].port");
    port = Optional.of(new Node.Scalar(place, Node.Kind.RAW, value));
    return this;
  }

  /**
   * Checks everything that was given.
   *
   * @throws SettingsException at the first value that is wrong
   */
  public Loaded load() {
    Values values = new Values(given);
    Settings settings = new SettingsAssembly(values, port.map(ValueTypes.PORT::read)).settings();
    return new Loaded(settings, warnings(settings, values), explained());
  }

  private List<String> warnings(Settings settings, Values values) {
    List<String> warnings = new ArrayList<>();
    String planned =
        SettingsTable.ALL.settings().stream()
            .filter(setting -> setting.is(Trait.PLANNED) && given.containsKey(setting.path()))
            .map(Setting::path)
            .collect(Collectors.joining(", "));
    if (!planned.isEmpty()) {
      warnings.add("settings without effect, their features do not exist yet: " + planned);
    }
    for (Setting<Boolean> unsafe : SettingsTable.UNSAFE) {
      if (values.get(unsafe)) {
        warnings.add(unsafe.path() + " is on: " + unsafe.meaning());
      }
    }
    if (isOpenBehindProxy(settings)) {
      warnings.add(
          "registration is open to everybody who reaches a loopback listener, through a proxy for"
              + " public_base_url too; set registration.enabled to true or false");
    }
    return warnings;
  }

  private static boolean isOpenBehindProxy(Settings settings) {
    boolean isPublic =
        settings.publicBaseUrl().map(url -> !Listener.isLoopback(url.getHost())).orElse(false);
    return isPublic
        && settings.registration().open() == Registration.Open.ON_LOOPBACK
        && settings.listeners().stream().anyMatch(Listener::isLoopback);
  }

  private List<Explained> explained() {
    List<Explained> all = new ArrayList<>();
    for (Setting<?> setting : SettingsTable.ALL.settings()) {
      all.add(explain(setting));
      if (setting.equals(SettingsTable.LISTENERS)) {
        port.ifPresent(moved -> all.add(movedListener(moved)));
      }
    }
    return all;
  }

  private static Explained movedListener(Node port) {
    String meaning = "Moves the first listener to another port.";
    return new Explained(port.place().path(), port.shown(), port.place().source(), meaning, true);
  }

  private Explained explain(Setting<?> setting) {
    Node node = given.get(setting.path());
    boolean exists = !setting.is(Trait.PLANNED);
    if (node == null) {
      String value =
          setting.is(Trait.OPTIONAL) ? "(" + setting.standard() + ")" : setting.standard();
      return new Explained(setting.path(), value, "default", setting.meaning(), exists);
    }
    String value = setting.is(Trait.SECRET) ? "(hidden)" : node.shown();
    return new Explained(setting.path(), value, node.place().source(), setting.meaning(), exists);
  }
}
