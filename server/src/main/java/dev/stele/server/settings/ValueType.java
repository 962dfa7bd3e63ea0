package dev.stele.server.settings;

import java.util.function.Function;

/**
 * What a setting's value must look like.
 *
 * @param name the type in a word or two, for operators
 */
record ValueType<T>(String name, Function<Node, T> reader) {

  /**
   * The checked value.
   *
   * @throws SettingsException when it is of another type, or out of range
   */
  T read(Node node) {
    return reader.apply(node);
  }
}
