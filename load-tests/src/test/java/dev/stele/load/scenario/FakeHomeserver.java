package dev.stele.load.scenario;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.stele.load.client.Registrar;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerRequest;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;

/** A homeserver just real enough to be measured, with faults to order. One event loop serves it. */
public final class FakeHomeserver implements AutoCloseable {
  private static final ObjectMapper MAPPER = new ObjectMapper();
  private static final String SEND = "/send/m.room.message/";

  /** What it does wrong. */
  public enum Fault {
    NONE,
    LOSES,
    REPEATS,
    SWAPS_FOR_ONE,
    REFUSES_SOME,
    TURNS_AWAY_SOME,
    IS_CLOSED,
    IS_NO_HOMESERVER
  }

  private final Vertx vertx = Vertx.vertx();
  private final Fault fault;
  private final Map<String, String> roomByToken = new HashMap<>();
  private final Map<String, List<JsonNode>> timelines = new HashMap<>();
  private final List<Runnable> waiting = new ArrayList<>();
  private final URI url;
  private int tokens;
  private boolean limitedOnce;
  private boolean limitedRegistration;

  /** The remote addresses seen. */
  final Map<String, Boolean> addresses = new ConcurrentHashMap<>();

  /** The versions of HTTP seen. */
  final Map<String, Boolean> versions = new ConcurrentHashMap<>();

  private FakeHomeserver(Fault fault) {
    this.fault = fault;
    HttpServer server =
        vertx.createHttpServer().requestHandler(this::handle).listen(0, "127.0.0.1").await();
    this.url = URI.create("http://127.0.0.1:" + server.actualPort());
  }

  public static FakeHomeserver with(Fault fault) {
    return new FakeHomeserver(fault);
  }

  public URI url() {
    return url;
  }

  @Override
  public void close() {
    vertx.close().await();
  }

  private void handle(HttpServerRequest request) {
    addresses.put(request.remoteAddress().hostAddress(), true);
    versions.put(request.version().name(), true);
    request.body().onSuccess(body -> route(request, body.getBytes()));
  }

  private void route(HttpServerRequest request, byte[] body) {
    String path = URLDecoder.decode(request.path(), StandardCharsets.UTF_8);
    String token = String.valueOf(request.getHeader("authorization")).replace("Bearer ", "");
    if (path.endsWith("/v3/register")) {
      register(request, parse(body));
    } else if (path.endsWith("/admin/v1/register")) {
      registerBySecret(request, body);
    } else if (path.endsWith("/createRoom")) {
      String room = "!room" + timelines.size() + ":fake";
      timelines.put(room, new ArrayList<>());
      roomByToken.put(token, room);
      answer(request, 200, object().put("room_id", room));
    } else if (path.contains("/join/")) {
      join(request, token, path.substring(path.indexOf("/join/") + 6));
    } else if (path.contains(SEND)) {
      send(request, path, parse(body));
    } else if (path.endsWith("/client/versions")) {
      ObjectNode versions = object();
      versions.putArray("versions").add("v1.11");
      answer(request, fault == Fault.IS_NO_HOMESERVER ? 404 : 200, versions);
    } else if (path.endsWith("/federation/v1/version")) {
      answer(
          request, 200, object().set("server", object().put("name", "Fake").put("version", "1")));
    } else {
      sync(request, token);
    }
  }

  private void register(HttpServerRequest request, JsonNode body) {
    if (fault == Fault.IS_CLOSED) {
      answer(request, 403, object().put("errcode", "M_FORBIDDEN"));
    } else if (tokens == 1 && !limitedRegistration) {
      limitedRegistration = true;
      answer(request, 429, object().put("errcode", "M_LIMIT_EXCEEDED").put("retry_after_ms", 1));
    } else if (body.has("auth")) {
      answer(request, 200, account());
    } else {
      answer(request, 401, object().put("session", "s"));
    }
  }

  private void registerBySecret(HttpServerRequest request, byte[] body) {
    if (body.length == 0) {
      answer(request, 200, object().put("nonce", "once"));
      return;
    }
    JsonNode account = parse(body);
    String mac =
        Registrar.mac(
            "secret",
            "once",
            account.path("username").asText(),
            account.path("password").asText(),
            "notadmin");
    boolean right = mac.equals(account.path("mac").asText());
    answer(request, right ? 200 : 403, right ? account() : object().put("errcode", "M_FORBIDDEN"));
  }

  private ObjectNode account() {
    return object().put("user_id", "@u" + tokens + ":fake").put("access_token", "token" + tokens++);
  }

  private void join(HttpServerRequest request, String token, String room) {
    if (!limitedOnce) {
      limitedOnce = true;
      answer(request, 429, object().put("errcode", "M_LIMIT_EXCEEDED").put("retry_after_ms", 1));
      return;
    }
    roomByToken.put(token, room);
    answer(request, 200, object().put("room_id", room));
  }

  private void send(HttpServerRequest request, String path, JsonNode content) {
    int number = content.path(Marks.MARK).path("n").asInt();
    if (fault == Fault.REFUSES_SOME && number % 3 == 2) {
      answer(request, 403, object().put("errcode", "M_FORBIDDEN"));
      return;
    }
    if (fault == Fault.TURNS_AWAY_SOME && number % 3 == 2) {
      request.response().putHeader("Retry-After", "0");
      answer(request, 429, object().put("errcode", "M_LIMIT_EXCEEDED"));
      return;
    }
    String room = path.substring(path.indexOf("/rooms/") + 7, path.indexOf(SEND));
    List<JsonNode> timeline = timelines.get(room);
    if (fault != Fault.LOSES || number != 5) {
      timeline.add(content);
    }
    if (fault == Fault.REPEATS && number == 5) {
      timeline.add(content);
    }
    answer(request, 200, object().put("event_id", "$" + number));
    List<Runnable> woken = List.copyOf(waiting);
    waiting.clear();
    woken.forEach(Runnable::run);
  }

  private void sync(HttpServerRequest request, String token) {
    List<JsonNode> timeline = timelines.get(roomByToken.get(token));
    String since = request.getParam("since");
    int from = since == null ? timeline.size() : Integer.parseInt(since);
    if (since == null || from < timeline.size()) {
      answer(request, 200, answer(token, timeline, from));
      return;
    }
    waiting.add(() -> sync(request, token));
    vertx
        .timer(Long.parseLong(request.getParam("timeout")), TimeUnit.MILLISECONDS)
        .onSuccess(late -> answer(request, 200, answer(token, timeline, from)));
  }

  private ObjectNode answer(String token, List<JsonNode> timeline, int from) {
    List<JsonNode> news = new ArrayList<>(timeline.subList(from, timeline.size()));
    if (fault == Fault.SWAPS_FOR_ONE && token.equals("token2")) {
      news.replaceAll(content -> renumbered(content));
    }
    ObjectNode answer = object().put("next_batch", Integer.toString(timeline.size()));
    ArrayNode events =
        answer
            .putObject("rooms")
            .putObject("join")
            .putObject(roomByToken.get(token))
            .putObject("timeline")
            .put("limited", false)
            .putArray("events");
    news.forEach(content -> events.addObject().set("content", content));
    return answer;
  }

  /** Messages 4 and 5 exchanged. */
  private static JsonNode renumbered(JsonNode content) {
    int number = content.path(Marks.MARK).path("n").asInt();
    ObjectNode copy = content.deepCopy();
    int other = number == 4 ? 5 : number == 5 ? 4 : number;
    ((ObjectNode) copy.path(Marks.MARK)).put("n", other);
    return copy;
  }

  private static void answer(HttpServerRequest request, int status, ObjectNode body) {
    if (!request.response().ended()) {
      request.response().setStatusCode(status).end(body.toString());
    }
  }

  private static ObjectNode object() {
    return JsonNodeFactory.instance.objectNode();
  }

  private static JsonNode parse(byte[] body) {
    try {
      return MAPPER.readTree(body);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
