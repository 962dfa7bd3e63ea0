package dev.stele.api;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashSet;
import java.util.Set;

/** A route of the specification. */
record SpecifiedRoute(Method method, String path) {
  private static final Set<String> OF_HOMESERVERS = Set.of("client-server", "server-server");

  /** The routes that a homeserver serves: those of the client-server and the server-server API. */
  static Set<SpecifiedRoute> ofServers() {
    Set<SpecifiedRoute> routes = new LinkedHashSet<>();
    for (String line : lines()) {
      String[] columns = line.split("\t", -1);
      if (OF_HOMESERVERS.contains(columns[0])) {
        routes.add(new SpecifiedRoute(Method.valueOf(columns[1]), columns[2]));
      }
    }
    return routes;
  }

  static SpecifiedRoute of(Endpoint endpoint) {
    return new SpecifiedRoute(endpoint.method(), endpoint.path());
  }

  private static Iterable<String> lines() {
    try (InputStream in = Endpoint.class.getResourceAsStream("spec-routes.tsv")) {
      String text = new String(in.readAllBytes(), StandardCharsets.UTF_8);
      return text.lines().filter(line -> !line.startsWith("#")).toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
