package dev.stele.server.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.github.benmanes.caffeine.cache.Ticker;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.ext.web.Router;
import java.io.IOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

final class ListeningTest {
  private final Vertx vertx = Vertx.vertx();

  @AfterEach
  void stop() {
    TestEdge.await(vertx.close());
  }

  private static Edge edge(Resource... resources) {
    return new Edge(
        Bindings.of(resources),
        token -> Future.succeededFuture(Optional.of(new Requester(token, "DEV", false, false, ""))),
        new RateLimiter(RateLimits.off(), Ticker.systemTicker()),
        new SimpleMeterRegistry());
  }

  private Future<HttpEdge> start(Edge edge, int port) {
    return HttpEdge.start(vertx, edge, List.of(ListenerOptions.plain("127.0.0.1", port)), 2);
  }

  @Test
  void start_portInUse_failsAndNamesIt() throws Exception {
    try (var taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      Future<HttpEdge> started = start(edge(), taken.getLocalPort());
      var failure =
          TestEdge.await(started.map("").recover(e -> Future.succeededFuture(e.getMessage())));
      assertThat(failure).contains("127.0.0.1 port " + taken.getLocalPort(), "in use");
      assertThat(started.cause()).isInstanceOf(CannotListen.class);
    }
  }

  @Test
  @Timeout(20)
  void stop_then_nobodyListens() throws Exception {
    HttpEdge running = TestEdge.await(start(edge(new EchoResource()), 0));
    int port = running.ports().get(0);
    assertThat(new Client(port).get("/metrics").status()).isEqualTo(200);
    TestEdge.await(running.stop());
    while (takesConnections(port)) {
      Thread.onSpinWait();
    }
  }

  private static boolean takesConnections(int port) throws IOException {
    try {
      new Wire(port).close();
      return true;
    } catch (ConnectException refused) {
      return false;
    }
  }

  @Test
  void stop_longPollUnderWay_hangsUp() throws Exception {
    var resource = new EchoResource();
    HttpEdge running = TestEdge.await(start(edge(resource), 0));
    try (var wire = new Wire(running.ports().get(0))) {
      wire.send("GET /_matrix/client/v3/sync?access_token=@a:hs HTTP/1.1\r\nHost: hs\r\n\r\n");
      TestEdge.await(resource.polling.future());
      TestEdge.await(running.stop());
      assertThat(wire.isHungUp()).isTrue();
    }
  }

  @Test
  void fallback_router_servesThePathsOfOthers() {
    Router router = Router.router(vertx);
    router
        .get("/shop/:item")
        .handler(rc -> rc.end("theirs: " + rc.pathParam("item")).onFailure(rc::fail));
    Edge embedded = edge(new EchoResource()).withFallback(router);
    var client = new Client(TestEdge.await(start(embedded, 0)).ports().get(0));
    assertThat(client.get("/shop/stone").text()).isEqualTo("theirs: stone");
    assertThat(client.get("/_matrix/shop").error()).isEqualTo("404 M_UNRECOGNIZED");
    assertThat(client.get("/metrics").text()).isEqualTo("up 1\n");
  }

  @Test
  void bindings_sameOperationTwice_isADefect() {
    assertThatThrownBy(() -> edge(new EchoResource(), new EchoResource()))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("GET_VERSIONS");
  }
}
