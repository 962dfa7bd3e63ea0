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
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Uploads and claims of one-time keys while the server is killed again and again. */
final class KeysCrashTest {
  private static final JsonMapper MAPPER = new JsonMapper();
  private static final JsonNodeFactory JSON = JsonNodeFactory.instance;
  private static final int UPLOADS = 80;
  private static final int KEYS = 4;
  private static final int CLAIMERS = 3;
  private static final int KILLS = 3;

  private final HttpClient http = HttpClient.newHttpClient();

  /** The keys that were uploaded, by their ids. */
  private final Map<String, JsonNode> keys = new ConcurrentHashMap<>();

  /** How many uploads were acknowledged. */
  private final AtomicInteger uploads = new AtomicInteger();

  /** How many claims got no answer. */
  private final AtomicInteger unanswered = new AtomicInteger();

  @TempDir Path directory;
  private URI url;
  private volatile boolean uploaded;

  /** Completes once the server runs again. */
  private volatile CompletableFuture<Void> running = CompletableFuture.completedFuture(null);

  /** Who claims, and what they got so far. */
  private record Claimer(String token, List<String> got) {}

  @Test
  void kill_duringTraffic_losesAndRepeatsNoKey_andTheOldestComeFirst() throws Exception {
    String settings = "unsafe: { disable_rate_limits: true, cheap_password_hashing: true }\n";
    try (ServerProcess server = ServerProcess.in(directory).settings(settings).start()) {
      url = server.url();
      JsonNode alice = register("alice");
      List<Claimer> claimers = new ArrayList<>();
      for (int i = 0; i < CLAIMERS; i++) {
        claimers.add(
            new Claimer(register("claimer" + i).path("token").asText(), new ArrayList<>()));
      }
      TestKeys device = new TestKeys(alice.path("user").asText(), alice.path("device").asText());
      String token = alice.path("token").asText();

      List<CompletableFuture<Void>> traffic = new ArrayList<>();
      traffic.add(CompletableFuture.runAsync(() -> uploadAll(device, token)));
      for (Claimer claimer : claimers) {
        traffic.add(CompletableFuture.runAsync(() -> claimAll(device, claimer)));
      }
      for (int kill = 1; kill <= KILLS; kill++) {
        while (uploads.get() < kill * UPLOADS / (KILLS + 1) && !traffic.get(0).isDone()) {
          Thread.onSpinWait();
        }
        CompletableFuture<Void> again = new CompletableFuture<>();
        running = again;
        server.kill();
        server.start();
        again.complete(null);
      }
      traffic.forEach(CompletableFuture::join);

      check(claimers);
      assertThat(count(token)).isZero();
      assertThat(server.stop()).isZero();
      assertThat(server.log("rebuild").lines()).last().isEqualTo("ok");
    }
  }

  private void check(List<Claimer> claimers) {
    Set<String> seen = new HashSet<>();
    for (Claimer claimer : claimers) {
      assertThat(claimer.got).allSatisfy(id -> assertThat(seen.add(id)).as(id).isTrue());
      assertThat(claimer.got.stream().map(KeysCrashTest::upload).toList()).isSorted();
    }
    assertThat(keys.keySet()).hasSize(UPLOADS * KEYS).containsAll(seen);
    assertThat(keys.size() - seen.size()).isBetween(0, unanswered.get());
  }

  /** The upload that a key came with. */
  private static int upload(String keyId) {
    return Integer.parseInt(keyId.substring(keyId.indexOf(':') + 1, keyId.lastIndexOf('_')));
  }

  /** Uploads one batch after the other, each as often as it takes to be told that it is stored. */
  private void uploadAll(TestKeys device, String token) {
    for (int upload = 0; upload < UPLOADS; upload++) {
      int number = upload;
      ObjectNode batch =
          device.oneTimeKeys(
              IntStream.range(0, KEYS).mapToObj(i -> number + "_" + i).toArray(String[]::new));
      batch.properties().forEach(key -> keys.put(key.getKey(), key.getValue()));
      ObjectNode body = JSON.objectNode();
      body.set("device_keys", device.deviceKeys());
      body.set("one_time_keys", batch);
      while (post(token, "/keys/upload", body).isEmpty()) {
        Thread.onSpinWait();
      }
      uploads.incrementAndGet();
    }
    uploaded = true;
  }

  /** Claims one key after the other until there is none and will be none. */
  private void claimAll(TestKeys device, Claimer claimer) {
    ObjectNode body = JSON.objectNode();
    body.putObject("one_time_keys")
        .putObject(device.userId)
        .put(device.deviceId, "signed_curve25519");
    boolean more = true;
    while (more) {
      boolean last = uploaded;
      Optional<JsonNode> answer = post(claimer.token, "/keys/claim", body);
      if (answer.isEmpty()) {
        unanswered.incrementAndGet();
      } else {
        JsonNode got = answer.get().path("one_time_keys").path(device.userId).path(device.deviceId);
        got.properties()
            .forEach(
                key -> {
                  assertThat(key.getValue()).isEqualTo(keys.get(key.getKey()));
                  claimer.got.add(key.getKey());
                });
        more = !(last && got.isEmpty());
      }
    }
  }

  private int count(String token) {
    return post(token, "/keys/upload", JSON.objectNode())
        .orElseThrow()
        .path("one_time_key_counts")
        .path("signed_curve25519")
        .asInt();
  }

  private JsonNode register(String name) {
    ObjectNode body = JSON.objectNode().put("username", name).put("password", "password");
    body.putObject("auth").put("type", "m.login.dummy");
    JsonNode session = post(null, "/register", body).orElseThrow();
    return JSON.objectNode()
        .put("user", session.path("user_id").asText())
        .put("device", session.path("device_id").asText())
        .put("token", session.path("access_token").asText());
  }

  /** The answer, if it is one and a success. Comes once the server can be reached. */
  private Optional<JsonNode> post(String token, String path, ObjectNode body) {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(url.resolve("/_matrix/client/v3" + path))
            .timeout(Duration.ofSeconds(20))
            .POST(BodyPublishers.ofString(body.toString()));
    if (token != null) {
      request.header("Authorization", "Bearer " + token);
    }
    try {
      running.join();
      HttpResponse<String> answer = http.send(request.build(), BodyHandlers.ofString());
      return answer.statusCode() == 200
          ? Optional.of(MAPPER.readTree(answer.body()))
          : Optional.empty();
    } catch (IOException e) {
      return Optional.empty();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }
}
