package dev.stele.server;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
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
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Messages to devices while the server is killed again and again. */
final class ToDeviceCrashTest {
  private static final JsonMapper MAPPER = new JsonMapper();
  private static final int MESSAGES = 400;
  private static final int KILLS = 3;

  private final HttpClient client = HttpClient.newHttpClient();

  @TempDir Path directory;

  /** What was answered is neither lost nor told again, and all of it comes in order. */
  @Test
  void kill_duringTraffic_losesReordersAndRepeatsNothing() throws Exception {
    String settings = "unsafe: { disable_rate_limits: true, cheap_password_hashing: true }\n";
    try (ServerProcess server = ServerProcess.in(directory).settings(settings).start()) {
      Account alice = register(server, "alice");
      Account bob = register(server, "bob");
      CompletableFuture<Void> sending = CompletableFuture.runAsync(() -> sendAll(alice, bob));
      Reader reader = new Reader(bob);
      for (int kill = 1; kill <= KILLS; kill++) {
        reader.readUntil(kill * MESSAGES / (KILLS + 1));
        server.kill();
        server.start();
      }
      reader.readUntil(MESSAGES);
      sending.join();

      assertThat(reader.got).isEqualTo(IntStream.range(0, MESSAGES).boxed().toList());
      assertThat(reader.next()).isEmpty();
      assertThat(server.stop()).isZero();
    }
  }

  private record Account(URI url, String userId, String token) {}

  /** Sends one message after the other, each as often as it takes to be told that it is sent. */
  private void sendAll(Account from, Account to) {
    for (int i = 0; i < MESSAGES; i++) {
      String body = "{\"messages\":{\"" + to.userId + "\":{\"*\":{\"n\":" + i + "}}}}";
      while (!tryTo("PUT", from, "/sendToDevice/m.test/" + i, body)) {
        Thread.onSpinWait();
      }
    }
  }

  private boolean tryTo(String method, Account as, String path, String body) {
    try {
      return send(method, as.url, as.token, path, body).statusCode() == 200;
    } catch (IOException e) {
      return false;
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  private Account register(ServerProcess server, String name) throws Exception {
    String body =
        "{\"username\":\""
            + name
            + "\",\"password\":\"password\",\"auth\":{\"type\":\"m.login.dummy\"}}";
    HttpResponse<String> answer = send("POST", server.url(), null, "/register", body);
    JsonNode json = MAPPER.readTree(answer.body());
    return new Account(
        server.url(), json.path("user_id").asText(), json.path("access_token").asText());
  }

  private HttpResponse<String> send(String method, URI url, String token, String path, String body)
      throws IOException, InterruptedException {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(url.resolve("/_matrix/client/v3" + path))
            .timeout(Duration.ofSeconds(20))
            .method(method, body == null ? BodyPublishers.noBody() : BodyPublishers.ofString(body));
    if (token != null) {
      request.header("Authorization", "Bearer " + token);
    }
    return client.send(request.build(), BodyHandlers.ofString());
  }

  /** A device that follows /sync. */
  private final class Reader {
    private final Account account;
    private final List<Integer> got = new ArrayList<>();
    private String since = "";

    Reader(Account account) {
      this.account = account;
    }

    void readUntil(int count) throws InterruptedException, ExecutionException, IOException {
      while (got.size() < count) {
        got.addAll(next());
      }
    }

    List<Integer> next() throws InterruptedException, IOException {
      String path = "/sync?timeout=1000" + (since.isEmpty() ? "" : "&since=" + since);
      HttpResponse<String> answer = send("GET", account.url, account.token, path, null);
      if (answer.statusCode() == 503) {
        // It has just started, and its database may still be busy with that.
        return List.of();
      }
      JsonNode json = MAPPER.readTree(answer.body());
      since = json.path("next_batch").asText();
      assertThat(since).as(json.toString()).isNotEmpty();
      List<Integer> numbers = new ArrayList<>();
      json.path("to_device")
          .path("events")
          .forEach(event -> numbers.add(event.path("content").path("n").intValue()));
      return numbers;
    }
  }
}
