package dev.stele.server.settings;

import dev.stele.server.settings.Settings.Log.Format;
import dev.stele.server.settings.Settings.Log.Level;
import java.math.BigInteger;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** The types that settings have. */
final class ValueTypes {
  private static final Pattern DURATIONS = Pattern.compile("([0-9]{1,9})(ms|s|m|h|d)");
  private static final Set<String> POSTGRES = Set.of("postgres", "postgresql");

  static final ValueType<String> TEXT =
      new ValueType<>("text", node -> scalar(node, "a text, in quotes", Node.Kind.TEXT).text());

  static final ValueType<Boolean> FLAG =
      new ValueType<>(
          "true or false", node -> flag(scalar(node, "true or false", Node.Kind.BOOLEAN)));

  static final ValueType<Integer> PORT = integer("port", 0, 65535);

  static final ValueType<String> SERVER_NAME =
      text(
          "server name", ServerNames::isValid, "a host name or IP literal, with a port or without");

  static final ValueType<String> ROOM_VERSION =
      new ValueType<>("room version", ValueTypes::roomVersion);

  static final ValueType<Duration> DURATION = new ValueType<>("duration", ValueTypes::duration);

  static final ValueType<Path> PATH = new ValueType<>("path", ValueTypes::path);

  static final ValueType<URI> URL =
      new ValueType<>("URL", node -> url(node, Set.of("http", "https"), "an http or https URL"));

  static final ValueType<String> DATABASE_URL =
      new ValueType<>(
          "URL",
          node -> {
            URI url = url(node, POSTGRES, "postgres://user:password@host:port/database");
            if (url.getPath().length() < 2) {
              throw wrong(node, "postgres://user:password@host:port/database");
            }
            return url.toString();
          });

  static final ValueType<AddressRange> ADDRESS_RANGE =
      new ValueType<>(
          "address range",
          node ->
              AddressRange.parse(TEXT.read(node))
                  .orElseThrow(() -> wrong(node, "such as 10.0.0.0/8")));

  static final ValueType<Level> LEVEL = choice("level", Level.class);

  static final ValueType<Format> LOG_FORMATS = choice("format", Format.class);

  private ValueTypes() {}

  static ValueType<Integer> integer(String name, int least, int most) {
    String expected = most == Integer.MAX_VALUE ? ">= " + least : least + "-" + most;
    return new ValueType<>(
        name,
        node -> {
          String text = scalar(node, "a whole number", Node.Kind.NUMBER).text();
          if (!text.matches("[-+]?[0-9]+")) {
            throw wrong(node, "a whole number");
          }
          BigInteger value = new BigInteger(text);
          if (value.compareTo(BigInteger.valueOf(least)) < 0
              || value.compareTo(BigInteger.valueOf(most)) > 0) {
            throw wrong(node, expected);
          }
          return value.intValueExact();
        });
  }

  static ValueType<String> text(String name, Predicate<String> valid, String expected) {
    return new ValueType<>(
        name,
        node -> {
          String text = TEXT.read(node);
          if (!valid.test(text)) {
            throw wrong(node, expected);
          }
          return text;
        });
  }

  static <E extends Enum<E>> ValueType<E> choice(String name, Class<E> type) {
    Map<String, E> words =
        Arrays.stream(type.getEnumConstants())
            .collect(Collectors.toMap(e -> e.name().toLowerCase(Locale.ROOT), Function.identity()));
    String expected =
        Arrays.stream(type.getEnumConstants())
            .map(e -> e.name().toLowerCase(Locale.ROOT))
            .collect(Collectors.joining(", "));
    return new ValueType<>(
        name,
        node -> {
          E value = words.get(scalar(node, expected, Node.Kind.TEXT).text());
          if (value == null) {
            throw wrong(node, expected);
          }
          return value;
        });
  }

  static <T> ValueType<List<T>> listOf(ValueType<T> item) {
    return new ValueType<>(
        "list of " + item.name() + "s",
        given -> {
          Node node = structured(given);
          if (!(node instanceof Node.Sequence sequence)) {
            throw wrong(node, "a list, in [ ]");
          }
          List<T> items = new ArrayList<>();
          sequence.items().forEach(each -> items.add(item.read(each)));
          return items;
        });
  }

  static <T> ValueType<Map<String, T>> mapTo(ValueType<T> value) {
    return new ValueType<>(
        "map to " + value.name(),
        given -> {
          Node node = structured(given);
          if (!(node instanceof Node.Mapping mapping)) {
            throw wrong(node, "a map, in { }");
          }
          Map<String, T> entries = new LinkedHashMap<>();
          mapping.entries().forEach((key, each) -> entries.put(key, value.read(each)));
          return entries;
        });
  }

  /** What an environment variable or flag says for a setting that is more than a scalar. */
  static Node structured(Node node) {
    return node instanceof Node.Scalar scalar && scalar.kind() == Node.Kind.RAW
        ? YamlReader.value(scalar.place(), scalar.text())
        : node;
  }

  static SettingsException wrong(Node node, String expected) {
    return SettingsException.wrong(node.place(), node.shown(), expected);
  }

  private static Node.Scalar scalar(Node node, String expected, Node.Kind kind) {
    if (node instanceof Node.Scalar scalar
        && (scalar.kind() == kind || scalar.kind() == Node.Kind.RAW)) {
      return scalar;
    }
    throw wrong(node, expected);
  }

  private static boolean flag(Node.Scalar scalar) {
    return switch (scalar.text().toLowerCase(Locale.ROOT)) {
      case "true" -> true;
      case "false" -> false;
      default -> throw wrong(scalar, "true or false");
    };
  }

  private static String roomVersion(Node node) {
    if (node instanceof Node.Scalar scalar && scalar.text().matches("[1-9]|1[0-2]")) {
      return scalar.text();
    }
    throw wrong(node, "1-12");
  }

  private static Duration duration(Node node) {
    Matcher matcher = DURATIONS.matcher(node.shown());
    if (!(node instanceof Node.Scalar) || !matcher.matches()) {
      throw wrong(node, "a duration such as 500ms, 30s, 5m, 1h or 2d");
    }
    long amount = Long.parseLong(matcher.group(1));
    return switch (matcher.group(2)) {
      case "ms" -> Duration.ofMillis(amount);
      case "s" -> Duration.ofSeconds(amount);
      case "m" -> Duration.ofMinutes(amount);
      case "h" -> Duration.ofHours(amount);
      default -> Duration.ofDays(amount);
    };
  }

  private static Path path(Node node) {
    String text = TEXT.read(node);
    try {
      return Path.of(text).toAbsolutePath().normalize();
    } catch (InvalidPathException e) {
      throw wrong(node, "a path");
    }
  }

  private static URI url(Node node, Set<String> schemes, String expected) {
    try {
      URI url = new URI(TEXT.read(node));
      if (url.getScheme() == null
          || !schemes.contains(url.getScheme().toLowerCase(Locale.ROOT))
          || url.getHost() == null
          || url.getFragment() != null) {
        throw wrong(node, expected);
      }
      return url;
    } catch (URISyntaxException e) {
      throw wrong(node, expected);
    }
  }
}
