package dev.stele.api;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/** The OpenAPI documents, read from the sources. */
final class Documents {
  private static final Path ROOT = Path.of("src/main/resources/dev/stele/api/openapi");
  private static final ObjectMapper YAML = new ObjectMapper(new YAMLFactory());

  private final Map<Path, JsonNode> byPath = new TreeMap<>();

  Documents() {
    try (Stream<Path> files = Files.walk(ROOT)) {
      for (Path file : files.filter(f -> f.toString().endsWith(".yaml")).toList()) {
        byPath.put(file.normalize(), YAML.readTree(file.toFile()));
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** An operation, where it stands. */
  record Operation(String path, Method method, JsonNode node, JsonNode item, JsonNode document) {
    String id() {
      return node.path("operationId").asText();
    }

    Auth auth() {
      JsonNode security = node.has("security") ? node.get("security") : document.get("security");
      if (security.isEmpty()) {
        return Auth.NONE;
      }
      return security.get(0).isEmpty() ? Auth.OPTIONAL : Auth.USER;
    }

    RateClass rateClass() {
      return RateClass.valueOf(node.path("x-rate-class").asText("NONE"));
    }
  }

  List<Operation> operations() {
    List<Operation> operations = new ArrayList<>();
    for (JsonNode document : byPath.values()) {
      document
          .path("paths")
          .properties()
          .forEach(path -> addOperations(path.getKey(), path.getValue(), document, operations));
    }
    return operations;
  }

  private static void addOperations(
      String path, JsonNode item, JsonNode document, List<Operation> operations) {
    for (Method method : Method.values()) {
      JsonNode node = item.get(method.name().toLowerCase(Locale.ROOT));
      if (node != null) {
        operations.add(new Operation(path, method, node, item, document));
      }
    }
  }

  /** Every {@code $ref} with the file it stands in. */
  List<Map.Entry<Path, String>> references() {
    List<Map.Entry<Path, String>> found = new ArrayList<>();
    byPath.forEach(
        (file, document) ->
            document.findValues("$ref").forEach(ref -> found.add(Map.entry(file, ref.asText()))));
    return found;
  }

  /** What a reference points to; a missing node if nothing. */
  JsonNode resolve(Path file, String reference) {
    int hash = reference.indexOf('#');
    Path target = hash == 0 ? file : file.resolveSibling(reference.substring(0, hash)).normalize();
    JsonNode document = byPath.get(target);
    return document == null ? YAML.missingNode() : document.at(reference.substring(hash + 1));
  }

  List<String> texts(String field) {
    return byPath.values().stream().flatMap(d -> d.findValuesAsText(field).stream()).toList();
  }
}
