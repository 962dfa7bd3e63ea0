package dev.stele.server.filter;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;

/**
 * Which fields of events to include. Appendices, "Dot-separated property paths".
 *
 * @param paths each a list of property names, from the outside in
 */
public record EventFields(List<List<String>> paths) {
  public EventFields {
    paths = List.copyOf(paths);
  }

  static EventFields parse(List<String> paths) {
    return new EventFields(paths.stream().map(EventFields::names).toList());
  }

  /** The event with these fields only. */
  public ObjectNode of(ObjectNode event) {
    ObjectNode selected = event.objectNode();
    for (List<String> path : paths) {
      copy(event, selected, path);
    }
    return selected;
  }

  private static void copy(ObjectNode from, ObjectNode to, List<String> path) {
    ObjectNode source = from;
    ObjectNode target = to;
    for (int i = 0; i < path.size() - 1; i++) {
      if (!(source.get(path.get(i)) instanceof ObjectNode inner)) {
        return;
      }
      source = inner;
      if (!inner.has(path.get(i + 1))) {
        return;
      }
      target = target.withObjectProperty(path.get(i));
    }
    String last = path.get(path.size() - 1);
    JsonNode value = source.get(last);
    if (value != null) {
      target.set(last, value.deepCopy());
    }
  }

  private static List<String> names(String path) {
    List<String> names = new ArrayList<>();
    StringBuilder name = new StringBuilder();
    for (int i = 0; i < path.length(); i++) {
      char c = path.charAt(i);
      boolean escaped =
          c == '\\'
              && i + 1 < path.length()
              && (path.charAt(i + 1) == '.' || path.charAt(i + 1) == '\\');
      if (escaped) {
        name.append(path.charAt(++i));
      } else if (c == '.') {
        names.add(name.toString());
        name.setLength(0);
      } else {
        name.append(c);
      }
    }
    names.add(name.toString());
    return names;
  }
}
