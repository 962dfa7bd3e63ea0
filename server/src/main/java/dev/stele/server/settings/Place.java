package dev.stele.server.settings;

/**
 * Where a value was given.
 *
 * @param source a file and line, an environment variable or a flag
 * @param path the setting, such as {@code listeners[0].port}; empty at the top of a file
 */
record Place(String source, String path) {

  Place key(String key) {
    return new Place(source, path.isEmpty() ? key : path + "." + key);
  }

  Place index(int index) {
    return new Place(source, path + "[" + index + "]");
  }

  @Override
  public String toString() {
    return path.isEmpty() ? source : source + ": " + path;
  }
}
