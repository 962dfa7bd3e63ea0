package dev.stele.server;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.stele.server.testing.TestServer;
import dev.stele.server.testing.TestServer.Client;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** The dashboard asks for metrics that a running server has. */
final class DashboardTest {
  private static final Path DASHBOARD = Path.of("src", "main", "grafana", "stele.json");
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
