package dev.stele.example;

import static dev.stele.server.http.TestEdge.await;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.stele.server.Homeserver;
import dev.stele.server.settings.Settings;
import dev.stele.testing.TestDatabases;
import io.vertx.core.Vertx;
import io.vertx.pgclient.PgConnection;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Homeservers in applications, next to what else these do. */
final class EmbeddingTest {
  private static final String REGISTER =
      "{\"username\":\"alice\",\"password\":\"in wonderland\",\"auth\":{\"type\":\"m.login.dummy\"}}";

  private final Vertx vertx = Vertx.vertx();
  private final HttpClient client = HttpClient.newHttpClient();
  @TempDir Path directory;

  @AfterEach
  void stop() {
    await(vertx.close());
  }

  @Test
  void mounted_servesMatrixNextToRoutesOfTheApplication() throws Exception {
    ChatApplication application = await(ChatApplication.start(vertx, directory, database()));
    String url = "http://127.0.0.1:" + application.server().actualPort();

    assertThat(application.stele().ports()).isEmpty();
    assertThat(get(url + "/greeting").body()).isEqualTo("Hello");
    assertThat(get(url + "/nowhere").body()).as("of the router").contains("Resource not found");
    assertThat(get(url + "/_matrix/nowhere").body()).contains("M_UNRECOGNIZED");
    assertThat(get(url + "/.well-known/matrix/client").body()).contains("https://example.org");
    String token = register(url);
    assertThat(get(url + "/_matrix/client/v3/account/whoami?access_token=" + token).body())
        .contains("@alice:example.org");

    await(application.stop());
  }

  @Test
  void mounted_longPolls_wakeUp() throws Exception {
    ChatApplication application = await(ChatApplication.start(vertx, directory, database()));
    String url = "http://127.0.0.1:" + application.server().actualPort();
    String as = "access_token=" + register(url);
    String sync = url + "/_matrix/client/v3/sync?timeout=30000&" + as;
    String since = field(get(sync).body(), "next_batch");
    CompletableFuture<HttpResponse<String>> poll =
        client.sendAsync(request(sync + "&since=" + since).build(), BodyHandlers.ofString());

    send(url + "/_matrix/client/v3/createRoom?" + as, "{\"name\":\"Tea party\"}");

    assertThat(poll.get(60, TimeUnit.SECONDS).body()).contains("\"join\"");
    await(application.stop());
  }

  @Test
  void mounted_closed_refusesWhatComesAllTheSame() throws Exception {
    ChatApplication application = await(ChatApplication.start(vertx, directory, database()));
    String url = "http://127.0.0.1:" + application.server().actualPort();
    await(application.stele().close());

    HttpResponse<String> answer = get(url + "/_matrix/client/versions");

    assertThat(answer.statusCode()).isEqualTo(503);
    assertThat(answer.body()).contains("M_UNKNOWN");
    assertThat(get(url + "/greeting").body()).isEqualTo("Hello");
    await(application.server().close());
  }

  @Test
  void listening_withRoutesOfTheApplication_servesBoth() throws Exception {
    Homeserver server = await(GreetingServer.start(vertx, settings("one", database())));
    String url = url(server);

    assertThat(get(url + "/greeting").body()).isEqualTo("Hello");
    assertThat(get(url + "/_matrix/client/versions").statusCode()).isEqualTo(200);
    assertThat(get(url + "/ready").statusCode()).isEqualTo(200);
    await(server.close());
  }

  @Test
  void two_inOneJvm_knowNothingOfEachOther() throws Exception {
    Homeserver one = await(Homeserver.deploy(vertx, settings("one", database())));
    Homeserver other = await(Homeserver.deploy(vertx, settings("other", database())));
    String token = register(url(one));
    register(url(other));
    String whoami = "/_matrix/client/v3/account/whoami?access_token=" + token;

    assertThat(get(url(one) + whoami).body()).contains("@alice:one");
    assertThat(get(url(other) + whoami).body()).contains("M_UNKNOWN_TOKEN");
    // An answer is counted once it has been given.
    while (!get(url(one) + "/metrics").body().contains("account/whoami")) {
      Thread.onSpinWait();
    }
    await(one.close());
    assertThat(get(url(other) + "/_matrix/client/versions").statusCode()).isEqualTo(200);
    await(other.close());
  }

  @Test
  void database_thatTheApplicationUsesToo_isLeftAlone() throws Exception {
    String url = database();
    sql(url, "CREATE TABLE greeting AS SELECT 'Hello' AS words");

    Homeserver server = await(Homeserver.deploy(vertx, settings("one", url)));
    register(url(server));

    sql(url, "SELECT words FROM greeting");
    await(server.close());
  }

  private String database() {
    return TestDatabases.fresh(vertx, "example.org", directory).await();
  }

  private Settings settings(String name, String database) {
    return Settings.fromYaml(
        "server_name: %s\ndata_dir: '%s'\ndatabase: { url: '%s' }\nlisteners: [{ port: 0 }]\n"
            .formatted(name, directory.resolve(name), database));
  }

  private static String url(Homeserver server) {
    return "http://127.0.0.1:" + server.ports().get(0);
  }

  private void sql(String url, String statement) {
    var unused =
        await(
            PgConnection.connect(vertx, url)
                .compose(one -> one.query(statement).execute().eventually(one::close)));
  }

  private String register(String url) throws Exception {
    return field(send(url + "/_matrix/client/v3/register", REGISTER).body(), "access_token");
  }

  private static String field(String json, String name) throws Exception {
    return new JsonMapper().readTree(json).path(name).asText();
  }

  private HttpResponse<String> get(String url) throws Exception {
    return client.send(request(url).build(), BodyHandlers.ofString());
  }

  private HttpResponse<String> send(String url, String json) throws Exception {
    return client.send(
        request(url).POST(BodyPublishers.ofString(json)).build(), BodyHandlers.ofString());
  }

  private static HttpRequest.Builder request(String url) {
    return HttpRequest.newBuilder(URI.create(url));
  }
}
