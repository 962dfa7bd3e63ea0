package dev.stele.server.settings;

import java.util.EnumSet;
import java.util.Locale;
import java.util.Set;

/**
 * One line of the table of settings.
 *
 * @param path where it stands in the file, such as {@code registration.enabled}
 * @param standard its default as one would write it in the file; if it has none, what its absence
 *     means
 * @param meaning one sentence for operators
 */
record Setting<T>(
    String path, ValueType<T> type, String standard, String meaning, Set<Trait> traits) {

  enum Trait {
    /** Has no value unless one is given. */
    OPTIONAL,
    /** Of a feature that does not exist yet: a given value is accepted and has no effect. */
    PLANNED,
    /** Its value is kept out of what is printed. */
    SECRET
  }

  static <T> Setting<T> of(String path, ValueType<T> type, String standard, String meaning) {
    return new Setting<>(path, type, standard, meaning, Set.of());
  }

  /** A setting without a default, whose absence means {@code absence}. */
  static <T> Setting<T> optional(String path, ValueType<T> type, String absence, String meaning) {
    return of(path, type, absence, meaning).and(Trait.OPTIONAL);
  }

  Setting<T> planned() {
    return and(Trait.PLANNED);
  }

  Setting<T> secret() {
    return and(Trait.SECRET);
  }

  boolean is(Trait trait) {
    return traits.contains(trait);
  }

  /** Its environment variable. */
  String variable() {
    return "STELE_" + path.replace('.', '_').toUpperCase(Locale.ROOT);
  }

  private Setting<T> and(Trait trait) {
    EnumSet<Trait> more = EnumSet.of(trait);
    more.addAll(traits);
    return new Setting<>(path, type, standard, meaning, more);
  }
}
