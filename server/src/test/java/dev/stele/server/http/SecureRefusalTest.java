package dev.stele.server.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stele.api.Api;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClientAgent;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpConnection;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpVersion;
import io.vertx.core.http.PoolOptions;
import io.vertx.core.http.RequestOptions;
import io.vertx.core.net.SelfSignedCertificate;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What clients get, by HTTP/2, from a server that has enough to do. */
final class SecureRefusalTest {
  private static final String SEND = "/_matrix/client/v3/rooms/!r:hs/send/m.room.message/t";
  private static final SelfSignedCertificate CERTIFICATE = SelfSignedCertificate.create();

  private final Set<HttpConnection> connections = ConcurrentHashMap.newKeySet();
  private FullEdge full;
  private HttpClientAgent client;

  @BeforeEach
  void start() {
    var tls =
        new ListenerOptions.Tls(
            Path.of(CERTIFICATE.certificatePath()), Path.of(CERTIFICATE.privateKeyPath()));
    full = FullEdge.start(new ListenerOptions("127.0.0.1", 0, tls, EnumSet.allOf(Api.class)));
    var options =
        new HttpClientOptions()
            .setSsl(true)
            .setTrustOptions(CERTIFICATE.trustOptions())
            .setVerifyHost(false)
            .setUseAlpn(true)
            .setProtocolVersion(HttpVersion.HTTP_2);
    client =
        full.edge
            .vertx()
            .httpClientBuilder()
            .with(options)
            .with(new PoolOptions().setHttp2MaxSize(1))
            .withConnectHandler(connections::add)
            .build();
  }

  @AfterEach
  void stop() {
    full.close();
  }

  @AfterAll
  static void delete() {
    CERTIFICATE.delete();
  }

  private String send(HttpMethod method, String path, String body) {
    var options =
        new RequestOptions()
            .setHost("127.0.0.1")
            .setPort(full.edge.port())
            .setMethod(method)
            .setURI(path)
            .putHeader("Authorization", "Bearer @alice:hs");
    return TestEdge.await(
        client
            .request(options)
            .compose(
                request -> request.send(Buffer.buffer(body)).compose(SecureRefusalTest::told)));
  }

  /**
   * To be called by the event loop in the turn in which the response arrives, or the body is gone.
   */
  private static Future<String> told(HttpClientResponse response) {
    String head =
        response.statusCode()
            + " "
            + response.getHeader("Retry-After")
            + " "
            + response.getHeader("Access-Control-Allow-Origin")
            + " ";
    return response.body().map(body -> head + body);
  }

  @Test
  void refusal_leavesTheConnectionAsItWas() {
    assertThat(send(HttpMethod.PUT, SEND, "{\"a\":1}")).startsWith("429 1 * {\"errcode\":");
    assertThat(send(HttpMethod.GET, "/_matrix/client/versions", "")).startsWith("429 1 * ");
    assertThat(send(HttpMethod.GET, "/metrics", "")).startsWith("200");
    assertThat(send(HttpMethod.OPTIONS, SEND, "")).startsWith("200 null *");

    full.relieve();
    assertThat(send(HttpMethod.PUT, SEND, "{\"a\":1}")).startsWith("200").contains("\"a\":1");
    assertThat(connections).hasSize(1);
    assertThat(full.shed()).isEqualTo(2);
  }

  @Test
  void largeBodies_areDropped_andTakeNothingFromTheNext() {
    for (int i = 0; i < 20; i++) {
      assertThat(send(HttpMethod.PUT, SEND, "x".repeat(200_000))).startsWith("429 1 * ");
    }
    full.relieve();
    String body = "{\"a\":\"" + "x".repeat(60_000) + "\"}";
    assertThat(send(HttpMethod.PUT, SEND, body)).startsWith("200").contains("xxx\"}");
    assertThat(connections).hasSize(1);
  }
}
