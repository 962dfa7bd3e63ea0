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
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Tokens that rotate and keys that are backed up while the server is killed again and again. */
final class TokensAndBackupCrashTest {
  private static final JsonMapper MAPPER = new JsonMapper();
  private static final String SETTINGS =
      "unsafe: { disable_rate_limits: true, cheap_password_hashing: true }\n";
  private static final int KILLS = 3;
  private static final int STEPS = 200;

  private final HttpClient client = HttpClient.newHttpClient();

  @TempDir Path directory;

  /** A client that keeps the last tokens it was told is never locked out. */
  @Test
  void kill_whileTokensRotate_neverLocksTheDeviceOut() throws Exception {
    try (ServerProcess server = ServerProcess.in(directory).settings(SETTINGS).start()) {
      Session session = register(server, "rotates");
      AtomicInteger rotations = new AtomicInteger();
      CompletableFuture<Void> rotating =
          CompletableFuture.runAsync(() -> rotate(session, rotations));
      killDuring(server, rotations, rotating);
      rotating.join();

      assertThat(session.send("GET", "/account/whoami", null).statusCode()).isEqualTo(200);
      assertThat(session.refused).as("answers that refused a token").isZero();
      assertThat(server.stop()).isZero();
    }
  }

  /** What was answered is in the backup, counted once, and nothing else is. */
  @Test
  void kill_whileKeysAreBackedUp_losesAndRepeatsNothing() throws Exception {
    try (ServerProcess server = ServerProcess.in(directory).settings(SETTINGS).start()) {
      Session session = register(server, "saves");
      String backup = "{\"algorithm\":\"a\",\"auth_data\":{}}";
      String version =
          json(session.send("POST", "/room_keys/version", backup)).path("version").asText();
      AtomicInteger stored = new AtomicInteger();
      CompletableFuture<Void> storing =
          CompletableFuture.runAsync(() -> store(session, version, stored));
      killDuring(server, stored, storing);
      storing.join();

      JsonNode keys =
          json(session.send("GET", "/room_keys/keys?version=" + version, null))
              .at("/rooms/!r:hs/sessions");
      assertThat(keys).hasSize(STEPS);
      JsonNode described = json(session.send("GET", "/room_keys/version", null));
      assertThat(described.path("count").asInt()).isEqualTo(STEPS);
      assertThat(server.stop()).isZero();
    }
  }

  private static void killDuring(
      ServerProcess server, AtomicInteger progress, CompletableFuture<Void> work) throws Exception {
    for (int kill = 1; kill <= KILLS; kill++) {
      while (progress.get() < kill * STEPS / (KILLS + 1) && !work.isDone()) {
        Thread.onSpinWait();
      }
      server.kill();
      server.start();
    }
  }

  /** Refreshes again and again, and uses every other access token before it does. */
  private static void rotate(Session session, AtomicInteger rotations) {
    while (rotations.get() < STEPS) {
      if (session.refresh()) {
        int count = rotations.incrementAndGet();
        while (count % 2 == 0 && !session.tryTo("GET", "/account/whoami", null)) {
          Thread.onSpinWait();
        }
      }
    }
  }

  private static void store(Session session, String version, AtomicInteger stored) {
    while (stored.get() < STEPS) {
      String path = "/room_keys/keys/!r:hs/s" + stored.get() + "?version=" + version;
      String key =
          "{\"first_message_index\":0,\"forwarded_count\":0,\"is_verified\":true,"
              + "\"session_data\":{}}";
      if (session.tryTo("PUT", path, key)) {
        stored.incrementAndGet();
      }
    }
  }

  private Session register(ServerProcess server, String name) throws Exception {
    Session session = new Session(server.url());
    session.take(
        json(
            session.send(
                "POST",
                "/register",
                "{\"username\":\""
                    + name
                    + "\",\"password\":\"password\",\"refresh_token\":true,"
                    + "\"auth\":{\"type\":\"m.login.dummy\"}}")));
    return session;
  }

  private static JsonNode json(HttpResponse<String> answer) throws IOException {
    return MAPPER.readTree(answer.body());
  }

  /** A client that knows the last tokens that it was told. Of one thread at a time. */
  private final class Session {
    private final URI url;
    private String accessToken = "";
    private String refreshToken = "";
    private int refused;

    Session(URI url) {
      this.url = url;
    }

    void take(JsonNode tokens) {
      accessToken = tokens.path("access_token").asText();
      refreshToken = tokens.path("refresh_token").asText();
    }

    boolean refresh() {
      try {
        HttpResponse<String> answer =
            send("POST", "/refresh", "{\"refresh_token\":\"" + refreshToken + "\"}");
        if (answer.statusCode() == 200) {
          take(json(answer));
        }
        return isDone(answer);
      } catch (IOException e) {
        return false;
      } catch (InterruptedException e) {
        throw new IllegalStateException(e);
      }
    }

    boolean tryTo(String method, String path, String body) {
      try {
        return isDone(send(method, path, body));
      } catch (IOException e) {
        return false;
      } catch (InterruptedException e) {
        throw new IllegalStateException(e);
      }
    }

    private boolean isDone(HttpResponse<String> answer) {
      if (answer.statusCode() == 401) {
        refused++;
        throw new IllegalStateException("a token was refused: " + answer.body());
      }
      return answer.statusCode() == 200;
    }

    HttpResponse<String> send(String method, String path, String body)
        throws IOException, InterruptedException {
      HttpRequest.Builder request =
          HttpRequest.newBuilder(url.resolve("/_matrix/client/v3" + path))
              .timeout(Duration.ofSeconds(20))
              .method(
                  method, body == null ? BodyPublishers.noBody() : BodyPublishers.ofString(body));
      if (!accessToken.isEmpty()) {
        request.header("Authorization", "Bearer " + accessToken);
      }
      return client.send(request.build(), BodyHandlers.ofString());
    }
  }
}
