package dev.stele.server.http;

import dev.stele.api.Api;
import dev.stele.api.Endpoint;
import dev.stele.api.Method;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Finds the operation of a path: a tree of path segments, where a literal goes before a parameter.
 * Segments are taken apart before they are decoded, so an encoded slash never separates.
 *
 * <p>{@code /_matrix/client/r0} means the same as {@code /v3}. A path that ends in a slash in the
 * specification is also found without it, and a {@code stateKey} may be left out.
 */
final class RouteTable {
  private static final String OPTIONAL_PARAMETER = "/{stateKey}";

  private final Node root = new Node();

  RouteTable(Map<Endpoint, EndpointHandler> endpoints, Set<Api> apis) {
    endpoints.forEach(
        (endpoint, handler) -> {
          if (apis.contains(endpoint.api())) {
            add(endpoint.path(), new Route(endpoint, handler));
          }
        });
  }

  private void add(String template, Route route) {
    addExactly(template, route);
    if (template.endsWith("/")) {
      addExactly(template.substring(0, template.length() - 1), route);
    } else if (template.endsWith(OPTIONAL_PARAMETER)) {
      addExactly(template.substring(0, template.length() - OPTIONAL_PARAMETER.length()), route);
    }
  }

  private void addExactly(String template, Route route) {
    Node node = root;
    for (String segment : Segments.of(template)) {
      node = node.childFor(segment);
    }
    if (node.methods.putIfAbsent(route.endpoint.method(), route) != null) {
      throw new IllegalStateException(template + " is served twice");
    }
  }

  /**
   * What this path, still encoded, leads to.
   *
   * @throws BadRequest if a parameter is not percent-encoded UTF-8
   */
  Found find(String path) {
    List<String> segments = Segments.of(path);
    List<String> values = new ArrayList<>(4);
    Node node = root.descend(segments, 0, values);
    return node == null ? Found.NOTHING : new Found(node.methods, values);
  }

  /** The operations on one path, by method; none for an unknown path. */
  record Found(Map<Method, Route> methods, List<String> values) {
    static final Found NOTHING = new Found(Map.of(), List.of());

    boolean exists() {
      return !methods.isEmpty();
    }

    /** The value of an {@code Allow} header. */
    String allowed() {
      Stream<String> names =
          Stream.concat(methods.keySet().stream().map(Method::name), Stream.of("OPTIONS"));
      return names.collect(Collectors.joining(", "));
    }

    @Nullable Match by(Method method) {
      Route route = methods.get(method);
      return route == null ? null : new Match(route, values);
    }
  }

  /** An operation and the values of its path's parameters. */
  record Match(Route route, List<String> values) {
    Endpoint endpoint() {
      return route.endpoint;
    }

    String parameter(String name) {
      int index = route.parameters.indexOf(name);
      if (index < 0) {
        throw new IllegalArgumentException(endpoint() + " has no parameter " + name);
      }
      return index < values.size() ? values.get(index) : "";
    }
  }

  /** A bound operation. */
  static final class Route {
    final Endpoint endpoint;
    final EndpointHandler handler;
    final List<String> parameters;

    Route(Endpoint endpoint, EndpointHandler handler) {
      this.endpoint = endpoint;
      this.handler = handler;
      this.parameters = Segments.parameters(endpoint.path());
    }
  }

  private static final class Node {
    final Map<String, Node> literals = new HashMap<>();
    final Map<Method, Route> methods = new EnumMap<>(Method.class);
    @Nullable Node parameter;
    boolean mayBeEmpty;

    Node childFor(String segment) {
      if (Segments.isParameter(segment)) {
        Node child = parameter == null ? new Node() : parameter;
        child.mayBeEmpty |= OPTIONAL_PARAMETER.endsWith(segment);
        parameter = child;
        return child;
      }
      Node child = literals.computeIfAbsent(segment, any -> new Node());
      if (segment.equals("v3")) {
        literals.put("r0", child);
      }
      return child;
    }

    @Nullable Node descend(List<String> segments, int depth, List<String> values) {
      if (depth == segments.size()) {
        return methods.isEmpty() ? null : this;
      }
      String segment = segments.get(depth);
      Node literal = literals.get(segment);
      Node found = literal == null ? null : literal.descend(segments, depth + 1, values);
      if (found != null || parameter == null || (segment.isEmpty() && !parameter.mayBeEmpty)) {
        return found;
      }
      int before = values.size();
      values.add(segment);
      found = parameter.descend(segments, depth + 1, values);
      if (found == null) {
        values.subList(before, values.size()).clear();
      } else {
        values.set(before, PercentCoding.decodeSegment(segment));
      }
      return found;
    }
  }
}
