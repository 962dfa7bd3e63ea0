package dev.stele.stateres.cli;

import dev.stele.stateres.version.RoomVersion;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The options of a command, written {@code --name value} or {@code --name=value}. */
final class Options {
  private final Map<String, String> values = new HashMap<>();
  private final Files files;

  private Options(Files files) {
    this.files = files;
  }

  static Options parse(String[] args, Set<String> allowed, Files files) {
    var options = new Options(files);
    for (int i = 0; i < args.length; i++) {
      if (!args[i].startsWith("--")) {
        throw new BadInput("expected an option, found " + args[i]);
      }
      int equals = args[i].indexOf('=');
      String name = args[i].substring(2, equals < 0 ? args[i].length() : equals);
      if (!allowed.contains(name)) {
        throw new BadInput("this command has no option --" + name);
      }
      if (equals < 0 && ++i == args.length) {
        throw new BadInput("--" + name + " needs a value");
      }
      String value = equals < 0 ? args[i] : args[i].substring(equals + 1);
      if (options.values.put(name, value) != null) {
        throw new BadInput("--" + name + " is given twice");
      }
    }
    return options;
  }

  Files files() {
    return files;
  }

  @Nullable String optional(String name) {
    return values.get(name);
  }

  boolean has(String name) {
    return values.containsKey(name);
  }

  String required(String name) {
    String value = values.get(name);
    if (value == null) {
      throw new BadInput("--" + name + " is missing");
    }
    return value;
  }

  RoomVersion roomVersion() {
    String id = required("room-version");
    return RoomVersion.of(id)
        .orElseThrow(
            () -> new BadInput("room version " + id + " is not known (expected: 1 to 12)"));
  }
}
