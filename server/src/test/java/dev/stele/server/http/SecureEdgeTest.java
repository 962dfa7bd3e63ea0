package dev.stele.server.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stele.api.Api;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClientAgent;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpVersion;
import io.vertx.core.http.RequestOptions;
import io.vertx.core.net.SelfSignedCertificate;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class SecureEdgeTest {
  private static final String SEND = "/_matrix/client/v3/rooms/!r:hs/send/m.room.message/t";
  private static final SelfSignedCertificate CERTIFICATE = SelfSignedCertificate.create();
  private static final EchoResource RESOURCE = new EchoResource();
  private static TestEdge edge;

  @BeforeAll
  static void start() {
    var tls =
        new ListenerOptions.Tls(
            Path.of(CERTIFICATE.certificatePath()), Path.of(CERTIFICATE.privateKeyPath()));
    edge =
        new TestEdge(
            RateLimits.off(),
            Timeouts.defaults(),
            List.of(
                new ListenerOptions("127.0.0.1", 0, tls, EnumSet.allOf(Api.class)),
                new ListenerOptions("127.0.0.1", 0, null, Set.of(Api.METRICS))),
            RESOURCE);
  }

  @AfterAll
  static void stop() {
    edge.close();
    CERTIFICATE.delete();
  }

  private static HttpClientAgent client(HttpClientOptions options) {
    return edge.vertx()
        .createHttpClient(
            options.setSsl(true).setTrustOptions(CERTIFICATE.trustOptions()).setVerifyHost(false));
  }

  private static RequestOptions to(HttpMethod method, String path) {
    return new RequestOptions()
        .setHost("127.0.0.1")
        .setPort(edge.port())
        .setMethod(method)
        .setURI(path)
        .putHeader("Authorization", "Bearer @alice:hs");
  }

  @ParameterizedTest
  @CsvSource({"HTTP_1_1, HTTP_1_1", "HTTP_2, HTTP_2"})
  void put_negotiatedVersion_isSpoken(HttpVersion offered, HttpVersion spoken) {
    HttpClientAgent client =
        client(new HttpClientOptions().setUseAlpn(true).setProtocolVersion(offered));
    String answer =
        TestEdge.await(
            client
                .request(to(HttpMethod.PUT, SEND))
                .compose(
                    request ->
                        // on the event loop, in the turn in which the response arrives
                        request
                            .send(Buffer.buffer("{\"a\":1}"))
                            .compose(
                                response ->
                                    response.body().map(body -> response.version() + " " + body))));
    assertThat(answer).startsWith(spoken.name()).contains("\"body\":{\"a\":1}");
  }

  @ParameterizedTest
  @ValueSource(strings = {"TLSv1.2", "TLSv1.3"})
  void get_modernTls_isSpoken(String protocol) {
    HttpClientAgent client =
        client(new HttpClientOptions().setEnabledSecureTransportProtocols(Set.of(protocol)));
    HttpClientResponse response =
        TestEdge.await(
            client
                .request(to(HttpMethod.GET, "/_matrix/client/versions"))
                .compose(request -> request.send()));
    assertThat(response.statusCode()).isEqualTo(200);
  }

  @Test
  void longPoll_streamReset_closedTells() {
    HttpClientAgent client =
        client(new HttpClientOptions().setUseAlpn(true).setProtocolVersion(HttpVersion.HTTP_2));
    var request = TestEdge.await(client.request(to(HttpMethod.GET, "/_matrix/client/v3/sync")));
    var sent = request.send();
    TestEdge.await(RESOURCE.polling.future());
    assertThat(sent.isComplete()).isFalse();
    TestEdge.await(request.reset().otherwiseEmpty());
    TestEdge.await(RESOURCE.pollClosed.future());
  }

  @Test
  void handler_learnsTheListener() {
    HttpClientAgent client = client(new HttpClientOptions());
    String answer =
        TestEdge.await(
            client
                .request(to(HttpMethod.GET, "/_matrix/client/v3/rooms/!r:hs/members"))
                .compose(request -> request.send().compose(response -> response.body()))
                .map(Buffer::toString));
    assertThat(answer).contains("\"secure\":true");
  }

  @Test
  void listener_servesOnlyItsApis() {
    var client = new Client(edge.ports().get(1));
    assertThat(client.get("/metrics").text()).isEqualTo("up 1\n");
    assertThat(client.get("/_matrix/client/versions").error()).isEqualTo("404 M_UNRECOGNIZED");
  }
}
