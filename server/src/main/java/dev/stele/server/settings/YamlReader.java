package dev.stele.server.settings;

import com.fasterxml.jackson.core.JsonParseException;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import com.fasterxml.jackson.dataformat.yaml.YAMLParser;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;

/**
 * Reads YAML into {@link Node}s that remember their line. Works on the parser's tokens, so that
 * duplicate keys and aliases are seen and refused.
 */
final class YamlReader {
  private static final YAMLFactory YAML = new YAMLFactory();

  private final YAMLParser parser;
  private final UnaryOperator<Place> located;

  private YamlReader(YAMLParser parser, UnaryOperator<Place> located) {
    this.parser = parser;
    this.located = located;
  }

  /** Reads a file's text; places name the file and the line. */
  static Node file(String name, String text) {
    return read(text, new Place(name, ""), true);
  }

  /** Reads a value that stands at one place, such as an environment variable. */
  static Node value(Place place, String text) {
    return read(text, place, false);
  }

  private static Node read(String text, Place top, boolean lines) {
    try (YAMLParser parser = YAML.createParser(text)) {
      UnaryOperator<Place> located =
          lines
              ? place -> new Place(top.source() + ":" + line(parser), place.path())
              : UnaryOperator.identity();
      if (parser.nextToken() == null) {
        return new Node.Mapping(top, Map.of());
      }
      YamlReader reader = new YamlReader(parser, located);
      Node node = reader.node(top);
      if (parser.nextToken() != null) {
        throw new SettingsException(located.apply(top) + ": more than one YAML document");
      }
      return node;
    } catch (JsonProcessingException e) {
      throw unreadable(top, e, lines);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static int line(YAMLParser parser) {
    return parser.currentTokenLocation().getLineNr();
  }

  private static SettingsException unreadable(Place top, JsonProcessingException e, boolean lines) {
    boolean known = lines && e.getLocation() != null && e.getLocation().getLineNr() > 0;
    String source = top.source() + (known ? ":" + e.getLocation().getLineNr() : "");
    String reason = e.getOriginalMessage().lines().findFirst().orElse("");
    return new SettingsException(new Place(source, top.path()) + ": not YAML: " + reason);
  }

  private Node node(Place place) throws IOException {
    Place here = located.apply(place);
    JsonToken token = parser.currentToken();
    if (parser.isCurrentAlias()) {
      throw new SettingsException(here + ": aliases are not supported in settings");
    }
    return switch (token) {
      case START_OBJECT -> mapping(here);
      case START_ARRAY -> sequence(here);
      case VALUE_NULL -> new Node.Scalar(here, Node.Kind.NOTHING, "");
      case VALUE_TRUE, VALUE_FALSE -> new Node.Scalar(here, Node.Kind.BOOLEAN, parser.getText());
      case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT ->
          new Node.Scalar(here, Node.Kind.NUMBER, parser.getText());
      case VALUE_STRING -> new Node.Scalar(here, Node.Kind.TEXT, parser.getText());
      default -> throw new JsonParseException(parser, "unexpected " + token);
    };
  }

  private Node mapping(Place place) throws IOException {
    Map<String, Node> entries = new LinkedHashMap<>();
    while (parser.nextToken() != JsonToken.END_OBJECT) {
      String key = parser.currentName();
      Place keyPlace = located.apply(place.key(key));
      if (parser.nextToken() == null) {
        break;
      }
      if (entries.put(key, node(keyPlace)) != null) {
        throw new SettingsException(keyPlace + ": given twice");
      }
    }
    return new Node.Mapping(place, entries);
  }

  private Node sequence(Place place) throws IOException {
    List<Node> items = new ArrayList<>();
    while (parser.nextToken() != JsonToken.END_ARRAY) {
      items.add(node(place.index(items.size())));
    }
    return new Node.Sequence(place, items);
  }
}
