package dev.stele.server.encryption;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.stele.server.testing.ServerProcess;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** A server process that is killed while several ask it for something. */
final class MortalServer implements AutoCloseable {
  private static final JsonMapper MAPPER = new JsonMapper();
  private static final String SETTINGS =
      "unsafe: { disable_rate_limits: true, cheap_password_hashing: true }\n";
  private static final Duration LIMIT = Duration.ofSeconds(20);
  private static final long TRAFFIC_MINUTES = 2;

  private final HttpClient http = HttpClient.newHttpClient();
  private final ServerProcess process;
  private final URI url;

  private final Semaphore acknowledged = new Semaphore(0);

  /** Completes once the server runs again. */
  private volatile CompletableFuture<Void> running = CompletableFuture.completedFuture(null);

  private volatile boolean ended;

  MortalServer(Path directory) throws IOException, InterruptedException {
    process = ServerProcess.in(directory).settings(SETTINGS).start();
    url = process.url();
  }

  /** Who has registered, and on what. */
  record Account(String userId, String deviceId, String token) {}

  Account register(String name) {
    ObjectNode body =
        JsonNodeFactory.instance.objectNode().put("username", name).put("password", "password");
    body.putObject("auth").put("type", "m.login.dummy");
    JsonNode session = request("POST", null, "/register", body).orElseThrow();
    return new Account(
        session.path("user_id").asText(),
        session.path("device_id").asText(),
        session.path("access_token").asText());
  }

  /**
   * Does all of this at the same time, until {@link #ended}, and kills the server now and then. It
   * runs when this returns.
   *
   * @param apart how much is to be {@link #acknowledged} between two kills
   */
  void killDuring(int kills, int apart, List<Runnable> work) throws Exception {
    List<CompletableFuture<Void>> traffic =
        work.stream()
            .map(each -> CompletableFuture.runAsync(each, MortalServer::inAThread))
            .toList();
    CompletableFuture<Void> all =
        CompletableFuture.allOf(traffic.toArray(CompletableFuture[]::new))
            .orTimeout(TRAFFIC_MINUTES, TimeUnit.MINUTES);
    try {
      for (int kill = 1; kill <= kills; kill++) {
        assertThat(acknowledged.tryAcquire(apart, TRAFFIC_MINUTES, TimeUnit.MINUTES)).isTrue();
        CompletableFuture<Void> again = new CompletableFuture<>();
        running = again;
        process.kill();
        process.start();
        again.complete(null);
      }
    } finally {
      ended = true;
    }
    all.get();
  }

  /** Each has one of its own, however few processors there are. */
  private static void inAThread(Runnable task) {
    new Thread(task, "traffic").start();
  }

  /** Takes notice that the server has said to have done something. */
  void acknowledged() {
    acknowledged.release();
  }

  /** Whether no more is to be done. */
  boolean ended() {
    return ended;
  }

  /** Asks until there is an answer that is a success. */
  JsonNode insist(String method, Account as, String path, @Nullable JsonNode body) {
    Optional<JsonNode> answer = request(method, as, path, body);
    while (answer.isEmpty()) {
      answer = request(method, as, path, body);
    }
    return answer.get();
  }

  /** The answer; nothing if the server died before it gave one. Waits for a server that starts. */
  Optional<JsonNode> request(
      String method, @Nullable Account as, String path, @Nullable JsonNode body) {
    String below = path.startsWith("/_matrix") ? path : "/_matrix/client/v3" + path;
    HttpRequest.Builder request =
        HttpRequest.newBuilder(url.resolve(below))
            .timeout(LIMIT)
            .method(
                method,
                body == null ? BodyPublishers.noBody() : BodyPublishers.ofString(body.toString()));
    if (as != null) {
      request.header("Authorization", "Bearer " + as.token);
    }
    try {
      running.get(TRAFFIC_MINUTES, TimeUnit.MINUTES);
      HttpResponse<String> answer = http.send(request.build(), BodyHandlers.ofString());
      if (answer.statusCode() == 503) {
        return Optional.empty();
      }
      assertThat(answer.statusCode()).as("%s %s: %s", method, path, answer.body()).isEqualTo(200);
      return Optional.of(MAPPER.readTree(answer.body()));
    } catch (IOException e) {
      return Optional.empty();
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }

  /** Stops the server, has it fold its whole log again, and starts it. */
  void rebuild() throws IOException, InterruptedException {
    assertThat(process.stop()).as(process.output()).isZero();
    assertThat(process.log("rebuild").lines()).last().isEqualTo("ok");
    process.start();
  }

  @Override
  public void close() {
    process.close();
  }
}
