package dev.stele.server.http.client;

import static dev.stele.server.http.TestEdge.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.github.benmanes.caffeine.cache.Ticker;
import com.google.errorprone.annotations.CanIgnoreReturnValue;
import dev.stele.eventstore.embedded.FreshDatabases;
import dev.stele.eventstore.postgres.LogOptions;
import dev.stele.eventstore.postgres.PostgresEventLog;
import dev.stele.server.event.EventCache;
import dev.stele.server.http.Bindings;
import dev.stele.server.http.Edge;
import dev.stele.server.http.HttpEdge;
import dev.stele.server.http.ListenerOptions;
import dev.stele.server.http.RateLimiter;
import dev.stele.server.http.RateLimits;
import dev.stele.server.projection.Accounts;
import dev.stele.server.projection.AccountsProjection;
import dev.stele.server.projection.BackupProjection;
import dev.stele.server.projection.Backups;
import dev.stele.server.projection.EncryptionKeys;
import dev.stele.server.projection.EncryptionProjection;
import dev.stele.server.projection.InboxLimits;
import dev.stele.server.projection.InboxProjection;
import dev.stele.server.projection.Inboxes;
import dev.stele.server.projection.Projections;
import dev.stele.server.projection.Rooms;
import dev.stele.server.projection.RoomsProjection;
import dev.stele.server.projection.UserData;
import dev.stele.server.projection.UserDataProjection;
import dev.stele.server.record.RecordLog;
import dev.stele.server.room.EventFactory;
import dev.stele.server.room.RoomShards;
import dev.stele.server.settings.Settings;
import dev.stele.stateres.sign.SigningKey;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.InstantSource;
import java.util.List;

/** The operations on accounts over a real log in a fresh database, behind a real socket. */
final class AccountServer implements AutoCloseable {
  static final String SERVER_NAME = "hs1";

  private static final String SETTINGS =
      """
      server_name: hs1
      listeners: [{ bind: 127.0.0.1, port: 0 }]
      unsafe: { cheap_password_hashing: true }
      """;

  private final HttpClient http = HttpClient.newHttpClient();
  private final Vertx vertx = Vertx.vertx();
  private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
  private final PostgresEventLog eventLog;
  private final Projections projections;
  private final AccountApi api;
  private final HttpEdge edge;
  final RecordLog log;
  final Rooms rooms;
  final RoomShards shards;
  final EventFactory events;

  AccountServer(String moreSettings) {
    Settings settings = Settings.fromYaml(SETTINGS + moreSettings);
    String url = await(await(FreshDatabases.ofThisJvm()).fresh());
    InstantSource clock = InstantSource.system();
    eventLog = await(PostgresEventLog.open(vertx, url, LogOptions.defaults(clock), meters));
    log = new RecordLog(eventLog);
    var accounts = new AccountsProjection();
    var userData = new UserDataProjection();
    var roomsFold = new RoomsProjection(log);
    var encryption = new EncryptionProjection();
    var backup = new BackupProjection(log);
    var inbox = new InboxProjection(log, InboxLimits.DEFAULT);
    projections =
        await(
            Projections.start(
                List.of(accounts, userData, encryption, backup, inbox, roomsFold),
                log,
                eventLog.pool()));
    rooms = new Rooms(projections, roomsFold, eventLog.pool());
    events = new EventFactory(SERVER_NAME, SigningKey.generate("t"), clock);
    shards = new RoomShards(vertx, 1, log, rooms, new EventCache(log, 1 << 20, meters), events);
    api =
        new AccountApi(
            new AccountServices(
                vertx,
                settings,
                log,
                new Accounts(projections, accounts, eventLog.pool()),
                new UserData(projections, userData, eventLog.pool()),
                new EncryptionKeys(projections, encryption, eventLog.pool()),
                new Inboxes(projections, inbox, eventLog.pool()),
                new Backups(projections, backup, eventLog.pool()),
                rooms,
                shards,
                userId -> 0,
                clock,
                meters));
    var limiter = new RateLimiter(RateLimits.off(), Ticker.systemTicker());
    edge =
        await(
            HttpEdge.start(
                vertx,
                new Edge(Bindings.of(api), api.authenticator(), limiter, meters),
                List.of(ListenerOptions.plain("127.0.0.1", 0)),
                2));
  }

  @CanIgnoreReturnValue
  Answer get(String path, String token) {
    return send("GET", path, token, null);
  }

  @CanIgnoreReturnValue
  Answer post(String path, String token, String body) {
    return send("POST", path, token, body);
  }

  @CanIgnoreReturnValue
  Answer put(String path, String token, String body) {
    return send("PUT", path, token, body);
  }

  @CanIgnoreReturnValue
  Answer delete(String path, String token) {
    return send("DELETE", path, token, null);
  }

  /** Registers a user with the password {@code password}; the answer has their access token. */
  @CanIgnoreReturnValue
  Answer register(String username) {
    return post(
        "/register",
        null,
        """
        {"username": "%s", "password": "password", "auth": {"type": "m.login.dummy"}}
        """
            .formatted(username));
  }

  /**
   * @param path below {@code /_matrix/client/v3}, or a whole one
   */
  private Answer send(String method, String path, String token, String body) {
    String whole =
        path.startsWith("/_") || path.startsWith("/.") ? path : "/_matrix/client/v3" + path;
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + edge.ports().get(0) + whole))
            .method(method, body == null ? BodyPublishers.noBody() : BodyPublishers.ofString(body));
    if (token != null) {
      request.header("Authorization", "Bearer " + token);
    }
    try {
      HttpResponse<byte[]> response = http.send(request.build(), BodyHandlers.ofByteArray());
      return new Answer(response.statusCode(), new JsonMapper().readTree(response.body()));
    } catch (IOException e) {
      throw new AssertionError(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError(e);
    }
  }

  @Override
  public void close() {
    await(edge.stop());
    await(api.close());
    await(projections.close());
    await(eventLog.close());
    await(vertx.close());
  }

  /** An HTTP status and a JSON body. */
  record Answer(int status, JsonNode json) {
    /** Status and errcode together, as {@code 404 M_NOT_FOUND}. */
    String error() {
      return status + " " + json.path("errcode").asText();
    }

    String text(String field) {
      return json.path(field).asText();
    }

    String token() {
      return text("access_token");
    }
  }
}
