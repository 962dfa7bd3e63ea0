package dev.stele.server.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.vertx.core.Vertx;
import org.junit.jupiter.api.Test;

final class MetricsResourceTest {
  @Test
  void get_metrics_isPrometheusText() {
    var registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
    registry.counter("stones.carved").increment();
    Vertx vertx = Vertx.vertx();
    try (var edge = new TestEdge(new MetricsResource(vertx, registry))) {
      Client.Answer answer = new Client(edge.port()).get("/metrics");
      assertThat(answer.text()).contains("stones_carved_total 1.0");
      assertThat(answer.header("Content-Type")).startsWith("text/plain");
    } finally {
      TestEdge.await(vertx.close());
    }
  }
}
