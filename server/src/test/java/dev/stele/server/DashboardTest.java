package dev.stele.server;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.stele.server.testing.TestServer;
import dev.stele.server.testing.TestServer.Client;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** The dashboard and the list of bounds name metrics that a running server has. */
final class DashboardTest {
  private static final Path DASHBOARD = Path.of("src", "main", "grafana", "stele.json");
  private static final Path README = Path.of("README.md");
  private static final Pattern METRIC =
      Pattern.compile("\\b(?:http|stele|cache|jvm|process)_[a-z_]+\\b");

  @Test
  void metricsOfTheDashboard_areThoseOfARunningServer() throws IOException {
    Set<String> asked = new TreeSet<>();
    JsonNode dashboard = new JsonMapper().readTree(DASHBOARD.toFile());
    collect(dashboard, asked);

    try (TestServer server = new TestServer()) {
      Client alice = server.register("alice");
      alice.post("/createRoom", "{}").ok();
      alice.get("/sync").ok();
      Set<String> told =
          server
              .metrics()
              .lines()
              .filter(line -> !line.startsWith("#"))
              .map(line -> line.split("[{ ]", 2)[0])
              .collect(Collectors.toSet());

      assertThat(asked).hasSizeGreaterThan(20);
      assertThat(told).containsAll(asked);
      assertThat(server.metrics().lines().filter(line -> line.startsWith("cache_size")))
          .as("what is bounded can be seen to fill")
          .hasSizeGreaterThanOrEqualTo(9);
    }
  }

  @Test
  void metricsOfTheListOfBounds_areThoseOfARunningServer() throws IOException {
    List<String> rows =
        Files.readAllLines(README).stream()
            .dropWhile(line -> !line.equals("### Bounds"))
            .takeWhile(line -> !line.startsWith("## "))
            .filter(line -> line.startsWith("| "))
            .skip(1)
            .toList();

    try (TestServer server = new TestServer("registration: { shared_secret: secret }\n")) {
      String metrics = server.metrics();
      assertThat(rows).hasSizeGreaterThan(20);
      for (String row : rows) {
        String named = row.substring(row.lastIndexOf('|', row.length() - 2));
        List<String> names =
            Pattern.compile("`([^`]+)`").matcher(named).results().map(m -> m.group(1)).toList();
        assertThat(names.isEmpty()).as(row).isEqualTo(named.startsWith("| none"));
        assertThat(names).as(row).allMatch(name -> isTold(metrics, name));
      }
    }
  }

  private static boolean isTold(String metrics, String name) {
    return metrics.contains("cache_size{cache=\"" + name + "\"")
        || metrics.contains("\n" + name.replace('.', '_'));
  }

  private static void collect(JsonNode node, Set<String> metrics) {
    for (String field : new String[] {"expr", "query"}) {
      Matcher matcher = METRIC.matcher(node.path(field).asText());
      while (matcher.find()) {
        metrics.add(matcher.group());
      }
    }
    node.forEach(each -> collect(each, metrics));
  }
}
