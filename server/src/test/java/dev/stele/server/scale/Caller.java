package dev.stele.server.scale;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** Asks a server on generated data, as any of its users. Thread-safe. */
final class Caller {
  private static final JsonMapper MAPPER = new JsonMapper();

  private final HttpClient http =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
  private final URI server;
  private final Map<String, String> tokens = new ConcurrentHashMap<>();

  Caller(URI server) {
    this.server = server;
  }

  /** An answer and how long it took until its last byte, in nanoseconds. */
  @SuppressWarnings("ArrayRecordComponent") // Answers may be large, and are never compared.
  record Answer(int status, byte[] body, long nanos) {
    JsonNode json() {
      try {
        return MAPPER.readTree(body);
      } catch (IOException e) {
        throw new IllegalStateException(new String(body, StandardCharsets.UTF_8), e);
      }
    }

    /** The body of a success. */
    JsonNode ok() {
      if (status != 200) {
        throw new IllegalStateException(status + " " + new String(body, StandardCharsets.UTF_8));
      }
      return json();
    }
  }

  /**
   * Asks.
   *
   * @param path from {@code /_matrix/client/} on; its parameters are encoded
   * @param body JSON, or null for a request without a body
   */
  Answer ask(String userId, String method, String path, @Nullable String body) {
    HttpRequest request =
        HttpRequest.newBuilder(server.resolve("/_matrix/client/" + path))
            .header("Authorization", "Bearer " + token(userId))
            .timeout(Duration.ofMinutes(2))
            .method(method, body == null ? BodyPublishers.noBody() : BodyPublishers.ofString(body))
            .build();
    long begun = System.nanoTime();
    try {
      HttpResponse<byte[]> response = http.send(request, BodyHandlers.ofByteArray());
      return new Answer(response.statusCode(), response.body(), System.nanoTime() - begun);
    } catch (IOException e) {
      throw new IllegalStateException(method + " " + path, e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  private String token(String userId) {
    String token = tokens.get(userId);
    return token == null ? People.token(userId) : token;
  }

  /** Makes a new user, who is in no room; returns its id. */
  String register() {
    JsonNode made =
        ask(
                HugeRoom.OWNER,
                "POST",
                "v3/register",
                "{\"password\":\"a password\",\"auth\":{\"type\":\"m.login.dummy\"}}")
            .ok();
    String userId = made.path("user_id").asText();
    tokens.put(userId, made.path("access_token").asText());
    return userId;
  }

  JsonNode get(String userId, String path) {
    return ask(userId, "GET", path, null).ok();
  }

  /** The sum of the samples of a metric whose line begins like this. */
  double metric(String start) {
    HttpRequest request = HttpRequest.newBuilder(server.resolve("/metrics")).build();
    try {
      return http.send(request, BodyHandlers.ofString())
          .body()
          .lines()
          .filter(line -> line.startsWith(start))
          .mapToDouble(line -> Double.parseDouble(line.substring(line.lastIndexOf(' ') + 1)))
          .sum();
    } catch (IOException e) {
      throw new IllegalStateException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  static String encode(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
  }
}
