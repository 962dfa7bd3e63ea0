package dev.stele.server.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.util.HexFormat;
import java.util.Map;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Makes accounts through a running server, as the holder of its shared secret.
 *
 * @param server its base URL
 */
record SharedSecretClient(URI server, String secret) {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Duration TIMEOUT = Duration.ofSeconds(30);

  /** Makes the account; returns the user's id. */
  String register(NewUser user) {
    URI endpoint =
        URI.create(server.toString().replaceAll("/+$", "") + "/_synapse/admin/v1/register");
    HttpClient client = HttpClient.newBuilder().connectTimeout(TIMEOUT).build();
    try {
      HttpRequest ask = HttpRequest.newBuilder(endpoint).timeout(TIMEOUT).build();
      String nonce = send(client, ask).path("nonce").asText();
      HttpRequest register =
          HttpRequest.newBuilder(endpoint)
              .timeout(TIMEOUT)
              .header("Content-Type", "application/json")
              .POST(BodyPublishers.ofString(JSON.writeValueAsString(body(user, nonce))))
              .build();
      return send(client, register).path("user_id").asText();
    } catch (IOException e) {
      throw new CannotRun(server + " does not answer: " + e, e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new CannotRun("interrupted", e);
    }
  }

  private static JsonNode send(HttpClient client, HttpRequest request)
      throws IOException, InterruptedException {
    HttpResponse<String> response = client.send(request, BodyHandlers.ofString());
    if (response.statusCode() != 200) {
      throw new CannotRun(
          request.uri() + " refuses: " + response.statusCode() + " " + response.body());
    }
    return JSON.readTree(response.body());
  }

  private Map<String, Object> body(NewUser user, String nonce) {
    return Map.of(
        "nonce", nonce,
        "username", user.localpart(),
        "password", user.password(),
        "admin", user.admin(),
        "mac", mac(user, nonce));
  }

  private String mac(NewUser user, String nonce) {
    String role = user.admin() ? "admin" : "notadmin";
    String message = String.join("\0", nonce, user.localpart(), user.password(), role);
    try {
      Mac mac = Mac.getInstance("HmacSHA1");
      mac.init(new SecretKeySpec(secret.getBytes(StandardCharsets.UTF_8), "HmacSHA1"));
      return HexFormat.of().formatHex(mac.doFinal(message.getBytes(StandardCharsets.UTF_8)));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every Java has HmacSHA1", e);
    }
  }
}
