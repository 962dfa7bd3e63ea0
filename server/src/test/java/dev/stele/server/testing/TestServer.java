package dev.stele.server.testing;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.google.errorprone.annotations.CanIgnoreReturnValue;
import dev.stele.server.Homeserver;
import dev.stele.server.settings.Settings;
import dev.stele.testing.TemporaryDirectory;
import dev.stele.testing.TestDatabases;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.pgclient.PgConnection;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.BiFunction;

/**
 * A whole homeserver in this JVM, on a fresh database, a data directory of its own and a free port.
 * Its name is {@code test}. When it is closed, it fails if an event loop was blocked. It may be
 * stopped and started again on the same data.
 */
public final class TestServer implements AutoCloseable {
  private static final HttpClient HTTP =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

  private static final String RATE_LIMITS = "rate_limits: { enabled: true }\n";

  private final Vertx vertx;
  private final LoopGuard guard;
  private final TemporaryDirectory directory;
  private final Settings settings;
  private final BiFunction<Vertx, Settings, Future<Homeserver>> deployment;
  private Homeserver homeserver;
  private boolean running;

  public TestServer() {
    this("");
  }

  /**
   * @param moreSettings settings besides those of every test server, as YAML
   */
  public TestServer(String moreSettings) {
    this(moreSettings, Vertx.vertx(options()));
  }

  /** In a Vert.x that ends with it. */
  public TestServer(Vertx vertx) {
    this("", vertx);
  }

  private TestServer(String moreSettings, Vertx vertx) {
    this(moreSettings, vertx, TestServer::freshDatabase, Homeserver::deploy);
  }

  /** With a PostgreSQL of its own, below its data directory: for what would disturb others. */
  public static TestServer withOwnPostgres() {
    return new TestServer("", Vertx.vertx(options()), (vertx, directory) -> "", Homeserver::deploy);
  }

  /** One that is started in another way than usual. */
  public static TestServer deployedBy(
      String moreSettings, BiFunction<Vertx, Settings, Future<Homeserver>> deployment) {
    return new TestServer(
        moreSettings, Vertx.vertx(options()), TestServer::freshDatabase, deployment);
  }

  /** Which slows down who asks too much. */
  public static TestServer withRateLimits() {
    return new TestServer(RATE_LIMITS, Vertx.vertx(options()));
  }

  private TestServer(
      String moreSettings,
      Vertx vertx,
      BiFunction<Vertx, TemporaryDirectory, String> database,
      BiFunction<Vertx, Settings, Future<Homeserver>> deployment) {
    this.vertx = vertx;
    this.deployment = deployment;
    this.guard = LoopGuard.of(vertx);
    this.directory = TemporaryDirectory.create();
    boolean started = false;
    try {
      this.settings = settings(moreSettings, directory, database.apply(vertx, directory));
      this.homeserver = await(deployment.apply(vertx, settings));
      this.running = true;
      started = true;
    } finally {
      if (!started) {
        end();
      }
    }
  }

  private static VertxOptions options() {
    return new VertxOptions()
        .setBlockedThreadCheckInterval(LoopGuard.LIMIT_MILLIS)
        .setMaxEventLoopExecuteTime(LoopGuard.LIMIT_MILLIS)
        .setMaxEventLoopExecuteTimeUnit(TimeUnit.MILLISECONDS)
        .setWarningExceptionTime(LoopGuard.LIMIT_MILLIS)
        .setWarningExceptionTimeUnit(TimeUnit.MILLISECONDS);
  }

  private static String freshDatabase(Vertx vertx, TemporaryDirectory directory) {
    // The first of a JVM starts a PostgreSQL and makes all tables, on a machine that may be busy.
    String url = TestDatabases.fresh(vertx, "test", directory.path()).await();
    return "database: { url: \"" + url + "\" }";
  }

  private static Settings settings(String more, TemporaryDirectory directory, String database) {
    return Settings.fromYaml(
        """
        server_name: test
        data_dir: "%s"
        %s
        listeners: [{ bind: 127.0.0.1, port: 0 }]
        unsafe:
          disable_rate_limits: %s
          cheap_password_hashing: true
          insecure_outbound_tls: true
        """
                .formatted(directory.path(), database, !more.contains(RATE_LIMITS))
            + more);
  }

  public Vertx vertx() {
    return vertx;
  }

  public Homeserver homeserver() {
    return homeserver;
  }

  public Settings effectiveSettings() {
    return settings;
  }

  /** Where clients reach it. */
  public String url() {
    return "http://127.0.0.1:" + homeserver.ports().get(0);
  }

  /** Stops the server cleanly and starts it again on the same data, perhaps on another port. */
  public void restart() {
    stop();
    start();
  }

  /** Starts a server that was stopped on the same data. */
  public void start() {
    homeserver = await(deployment.apply(vertx, settings));
    running = true;
  }

  /** Stops it cleanly, if it runs; it is to be closed all the same. */
  public void stop() {
    if (running) {
      running = false;
      await(homeserver.close());
    }
  }

  /** Somebody without an access token. */
  public Client anonymous() {
    return new Client(this, null, null);
  }

  /** Registers a user, and is them on their first device. */
  public Client register(String localpart) {
    JsonNode account =
        anonymous()
            .post(
                "/register",
                "{'username':'"
                    + localpart
                    + "','password':'password','auth':{'type':'m.login.dummy'}}")
            .ok();
    return as(account);
  }

  /**
   * Logs a registered user in.
   *
   * @param more further fields of the request, such as {@code 'device_id':'PHONE'}
   */
  public Client login(String userId, String more) {
    String login =
        "{'type':'m.login.password','identifier':{'type':'m.id.user','user':'"
            + userId
            + "'},'password':'password',"
            + more
            + "}";
    return as(anonymous().post("/login", login).ok());
  }

  private Client as(JsonNode session) {
    return new Client(
        this, session.path("user_id").asText(), session.path("access_token").asText());
  }

  /** Where its state lies. */
  public Path dataDir() {
    return settings.dataDir();
  }

  /** What {@code /metrics} says. */
  public String metrics() {
    return anonymous().text("/metrics");
  }

  /** How many polls wait for something to tell. */
  public int waitingPolls() {
    return (int) metric("stele_sync_waiting");
  }

  /**
   * What {@code /metrics} says of a series, by its name with all its labels; 0 if it is not there.
   */
  public double metric(String series) {
    return anonymous()
        .text("/metrics")
        .lines()
        .filter(line -> line.startsWith(series + " "))
        .mapToDouble(line -> Double.parseDouble(line.substring(line.lastIndexOf(' ') + 1)))
        .sum();
  }

  /** Asks or changes its database behind its back. */
  public RowSet<Row> sql(String statement) {
    String url = settings.database().url().orElseThrow();
    return await(
        PgConnection.connect(vertx, url)
            .compose(database -> database.query(statement).execute().eventually(database::close)));
  }

  @Override
  public void close() {
    try {
      stop();
    } finally {
      end();
    }
    guard.check();
  }

  /** Waits for as long as a busy machine may need to start a server with a database of its own. */
  private static <T> T await(Future<T> future) {
    try {
      return future.await(60, TimeUnit.SECONDS);
    } catch (TimeoutException e) {
      throw new AssertionError("not within a minute", e);
    }
  }

  private void end() {
    try {
      await(vertx.close());
    } finally {
      directory.close();
    }
  }

  /** A user's device with a plain HTTP client. JSON is written with single quotes. Thread-safe. */
  public record Client(TestServer server, String userId, String token) {
    private static final JsonMapper MAPPER = new JsonMapper();

    /** The same user on another device. */
    public Client otherDevice() {
      String login =
          "{'type':'m.login.password','identifier':{'type':'m.id.user','user':'"
              + userId
              + "'},'password':'password'}";
      return server.as(server.anonymous().post("/login", login).ok());
    }

    public Answer get(String path) {
      return request("GET", path, null).join();
    }

    /** A GET of a path that is no part of the client-server API. */
    public Answer getPlain(String path) {
      return send("GET", path, null).thenApply(Client::answer).join();
    }

    /** A GET that may take its time. */
    public CompletableFuture<Answer> getLater(String path) {
      return request("GET", path, null);
    }

    public Answer post(String path, String json) {
      return request("POST", path, json).join();
    }

    /** A POST that may take its time. */
    public CompletableFuture<Answer> postLater(String path, String json) {
      return request("POST", path, json);
    }

    /** A PUT that may take its time. */
    public CompletableFuture<Answer> putLater(String path, String json) {
      return request("PUT", path, json);
    }

    public Answer put(String path, String json) {
      return request("PUT", path, json).join();
    }

    public Answer requestWith(String method, String path, String json) {
      return request(method, path, json).join();
    }

    public Answer request(String method, String path) {
      return request(method, path, null).join();
    }

    public static String encode(String segment) {
      return URLEncoder.encode(segment, StandardCharsets.UTF_8).replace("+", "%20");
    }

    private String text(String path) {
      return send("GET", path, null).join().body();
    }

    private CompletableFuture<Answer> request(String method, String path, String json) {
      String whole =
          path.startsWith("/_") || path.startsWith("/.") ? path : "/_matrix/client/v3" + path;
      return send(method, whole, json).thenApply(Client::answer);
    }

    private CompletableFuture<HttpResponse<String>> send(String method, String path, String json) {
      HttpRequest.Builder request =
          HttpRequest.newBuilder(URI.create(server.url() + path))
              .method(
                  method,
                  json == null
                      ? BodyPublishers.noBody()
                      : BodyPublishers.ofString(json.replace('\'', '"')));
      if (token != null) {
        request.header("Authorization", "Bearer " + token);
      }
      return HTTP.sendAsync(request.build(), BodyHandlers.ofString());
    }

    private static Answer answer(HttpResponse<String> response) {
      try {
        return new Answer(response.statusCode(), MAPPER.readTree(response.body()));
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }

  /** An HTTP status and a JSON body. */
  public record Answer(int status, JsonNode json) {
    /** The body of an answer that must be a success. */
    @CanIgnoreReturnValue
    public JsonNode ok() {
      if (status != 200) {
        throw new AssertionError(status + " " + json);
      }
      return json;
    }

    /** Status and error code together, as {@code 404 M_NOT_FOUND}. */
    public String error() {
      return status + " " + json.path("errcode").asText();
    }
  }
}
