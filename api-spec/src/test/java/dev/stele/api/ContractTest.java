package dev.stele.api;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;

final class ContractTest {
  private final Documents documents = new Documents();

  @Test
  void documents_operations_areTheEndpoints() {
    List<String> described =
        documents.operations().stream()
            .map(o -> line(o.id(), o.method(), o.path(), o.auth(), o.rateClass()))
            .toList();
    List<String> served =
        Arrays.stream(Endpoint.values())
            .map(e -> line(e.operationId(), e.method(), e.path(), e.auth(), e.rateClass()))
            .toList();
    assertThat(described).containsExactlyInAnyOrderElementsOf(served);
  }

  private static String line(
      String id, Method method, String path, Auth auth, RateClass rateClass) {
    return String.join(" ", id, method.name(), path, auth.name(), rateClass.name());
  }

  @Test
  void endpoints_areThoseOfTheSpecification() throws IOException {
    Set<String> specified = new HashSet<>();
    for (String route : specifiedRoutes()) {
      String[] columns = route.split("\t", -1);
      specified.add(columns[4] + " " + columns[1] + " " + columns[2]);
    }
    for (Endpoint endpoint : Endpoint.values()) {
      String route = endpoint.operationId() + " " + endpoint.method() + " " + endpoint.path();
      assertThat(specified.contains(route)).as(route).isNotEqualTo(endpoint.extension());
    }
  }

  private static List<String> specifiedRoutes() throws IOException {
    try (var in = Endpoint.class.getResourceAsStream("spec-routes.tsv")) {
      String text = new String(in.readAllBytes(), StandardCharsets.UTF_8);
      return text.lines().filter(line -> !line.startsWith("#")).toList();
    }
  }

  @Test
  void endpoints_operationIdsAndRoutes_areUnique() {
    assertThat(Arrays.stream(Endpoint.values()).map(Endpoint::operationId)).doesNotHaveDuplicates();
    assertThat(Arrays.stream(Endpoint.values()).map(e -> e.method() + e.path()))
        .doesNotHaveDuplicates();
  }

  @Test
  void documents_pathParameters_areDeclared() {
    for (Documents.Operation operation : documents.operations()) {
      Set<String> declared =
          StreamSupport.stream(operation.item().path("parameters").spliterator(), false)
              .map(p -> p.path("$ref").asText())
              .map(ref -> ref.substring(ref.lastIndexOf('/') + 1))
              .collect(Collectors.toSet());
      Set<String> needed =
          Pattern.compile("\\{(\\w+)}")
              .matcher(operation.path())
              .results()
              .map(found -> found.group(1))
              .collect(Collectors.toSet());
      assertThat(declared).as(operation.path()).isEqualTo(needed);
    }
  }

  @Test
  void documents_operations_sayWhatTheyAnswer() {
    for (Documents.Operation operation : documents.operations()) {
      JsonNode responses = operation.node().path("responses");
      assertThat(operation.node().path("summary").asText()).as(operation.id()).isNotBlank();
      assertThat(responses.has("200")).as(operation.id()).isTrue();
      assertThat(responses.has("401") || operation.auth() == Auth.NONE).as(operation.id()).isTrue();
      assertThat(responses.has("429"))
          .as(operation.id())
          .isEqualTo(operation.rateClass() != RateClass.NONE);
    }
  }

  @Test
  void documents_references_leadSomewhere() {
    assertThat(documents.references())
        .isNotEmpty()
        .allSatisfy(
            entry ->
                assertThat(documents.resolve(entry.getKey(), entry.getValue()).isMissingNode())
                    .as(entry.toString())
                    .isFalse());
  }

  @Test
  void documents_errorCodes_exist() {
    Set<String> known =
        Arrays.stream(ErrorCode.values()).map(ErrorCode::wire).collect(Collectors.toSet());
    Stream<String> named =
        documents.texts("description").stream()
            .flatMap(text -> Pattern.compile("M_[A-Z_]+").matcher(text).results())
            .map(MatchResult::group);
    assertThat(named.collect(Collectors.toSet())).isNotEmpty().isSubsetOf(known);
  }
}
