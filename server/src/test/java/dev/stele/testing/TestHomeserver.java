package dev.stele.testing;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.stele.server.Homeserver;
import dev.stele.server.settings.Settings;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * A real homeserver in this JVM, on an empty database and a free port of 127.0.0.1. Anybody may
 * register; nobody is slowed down; passwords are hashed fast. What a {@link HomeserverExtension}
 * gives; it may also be used without JUnit. Thread-safe.
 */
public final class TestHomeserver implements AutoCloseable {
  /** What it is called unless its settings say otherwise. */
  public static final String NAME = "stele.test";

  private static final JsonMapper JSON = new JsonMapper();
  private static final long PATIENCE_SECONDS = 120;

  private final Homeserver homeserver;
  private final Settings settings;
  private final TemporaryDirectory directory;
  private final HttpClient client = HttpClient.newHttpClient();

  private TestHomeserver(Homeserver homeserver, Settings settings, TemporaryDirectory directory) {
    this.homeserver = homeserver;
    this.settings = settings;
    this.directory = directory;
  }

  /** Starts one. */
  public static TestHomeserver start() {
    return start("");
  }

  /**
   * Starts one with settings of one's own. The first in a JVM takes some seconds, for it starts a
   * PostgreSQL; others take some tenths of a second.
   *
   * @param moreSettings as YAML; {@code server_name} may be among them, {@code data_dir}, {@code
   *     database}, {@code listeners} and what weakens security may not
   */
  public static TestHomeserver start(String moreSettings) {
    String named = named(moreSettings);
    String serverName = Settings.fromYaml(named).serverName();
    TemporaryDirectory directory = TemporaryDirectory.create();
    boolean started = false;
    try {
      String url = await(TestDatabases.fresh(Shared.VERTX, serverName, directory.path()));
      Settings settings = Settings.fromYaml(named + "\n" + base(directory.path(), url));
      Homeserver homeserver = await(Homeserver.deploy(Shared.VERTX, settings));
      started = true;
      return new TestHomeserver(homeserver, settings, directory);
    } finally {
      if (!started) {
        directory.close();
      }
    }
  }

  private static String named(String settings) {
    return settings.lines().anyMatch(line -> line.startsWith("server_name:"))
        ? settings
        : "server_name: " + NAME + "\n" + settings;
  }

  private static String base(Path directory, String url) {
    return """
        data_dir: '%s'
        database: { url: '%s' }
        listeners: [{ bind: 127.0.0.1, port: 0 }]
        unsafe: { disable_rate_limits: true, cheap_password_hashing: true }
        """
        .formatted(directory, url);
  }

  /** Where clients reach it, without a slash at the end. */
  public String url() {
    return "http://127.0.0.1:" + homeserver.ports().get(0);
  }

  /** The name behind the colon of its users' ids. */
  public String serverName() {
    return settings.serverName();
  }

  /** The directory of its state, which goes with it. */
  public Path dataDir() {
    return settings.dataDir();
  }

  /** The homeserver itself. */
  public Homeserver homeserver() {
    return homeserver;
  }

  /** A user with a device, and what the device says who it is with. */
  public record Account(String userId, String deviceId, String accessToken) {}

  /**
   * Makes a user, whose password is {@code password}.
   *
   * @param localpart what comes before the colon of the user's id
   * @throws IllegalStateException if the server refuses
   */
  public Account register(String localpart) {
    ObjectNode body = JSON.createObjectNode();
    body.put("username", localpart).put("password", "password");
    body.putObject("auth").put("type", "m.login.dummy");
    JsonNode answer = post("/_matrix/client/v3/register", body);
    return new Account(
        answer.path("user_id").asText(),
        answer.path("device_id").asText(),
        answer.path("access_token").asText());
  }

  private JsonNode post(String path, JsonNode body) {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create(url() + path))
            .POST(BodyPublishers.ofString(body.toString()))
            .build();
    try {
      HttpResponse<String> response = client.send(request, BodyHandlers.ofString());
      if (response.statusCode() != 200) {
        throw new IllegalStateException(path + ": " + response.body());
      }
      return JSON.readTree(response.body());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  /** Ends it, and deletes what it kept. */
  @Override
  public void close() {
    try {
      await(homeserver.close());
    } finally {
      directory.close();
    }
  }

  private static <T> T await(Future<T> future) {
    try {
      return future.await(PATIENCE_SECONDS, TimeUnit.SECONDS);
    } catch (TimeoutException e) {
      throw new IllegalStateException("not within " + PATIENCE_SECONDS + " s", e);
    }
  }

  /** One Vert.x for all of a JVM, which ends with it; made with the first server. */
  private static final class Shared {
    static final Vertx VERTX = Vertx.vertx(new VertxOptions().setUseDaemonThread(true));
  }
}
