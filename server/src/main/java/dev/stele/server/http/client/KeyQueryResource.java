package dev.stele.server.http.client;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.util.RawValue;
import dev.stele.api.Endpoint;
import dev.stele.api.ErrorCode;
import dev.stele.api.Limits;
import dev.stele.api.MatrixError;
import dev.stele.server.encryption.KeyClaims;
import dev.stele.server.encryption.KeyClaims.Handed;
import dev.stele.server.encryption.KeyClaims.Wanted;
import dev.stele.server.encryption.KeyQueries;
import dev.stele.server.http.BadRequest;
import dev.stele.server.http.Bindings;
import dev.stele.server.http.Body;
import dev.stele.server.http.Exchange;
import dev.stele.server.http.Reply;
import dev.stele.server.http.Resource;
import io.vertx.core.Future;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The keys of others, to be looked at and to be claimed. Client-server API, "Key Distribution". */
final class KeyQueryResource implements Resource {
  private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

  private final String serverName;
  private final KeyQueries queries;
  private final KeyClaims claims;

  KeyQueryResource(String serverName, KeyQueries queries, KeyClaims claims) {
    this.serverName = serverName;
    this.queries = queries;
    this.claims = claims;
  }

  @Override
  public void bind(Bindings bindings) {
    bindings.on(Endpoint.QUERY_KEYS, this::query).on(Endpoint.CLAIM_KEYS, this::claim);
  }

  private Future<Reply> query(Exchange exchange) {
    Body body = exchange.body();
    long unused = body.integer("timeout", 0);
    Map<String, Set<String>> asked = new LinkedHashMap<>();
    ObjectNode failures = JSON.objectNode();
    for (Map.Entry<String, JsonNode> user : body.requiredObject("device_keys").properties()) {
      Set<String> devices = devices(user.getValue());
      if (isLocal(user.getKey(), failures)) {
        asked.put(user.getKey(), devices);
      }
    }
    return queries
        .query(exchange.requester().userId(), asked)
        .map(answer -> Reply.ok(answer.set("failures", failures)));
  }

  private Future<Reply> claim(Exchange exchange) {
    Body body = exchange.body();
    long unused = body.integer("timeout", 0);
    List<Wanted> wanted = new ArrayList<>();
    ObjectNode failures = JSON.objectNode();
    for (Map.Entry<String, JsonNode> user : body.requiredObject("one_time_keys").properties()) {
      List<Wanted> ofUser = wanted(user.getKey(), user.getValue());
      if (isLocal(user.getKey(), failures)) {
        wanted.addAll(ofUser);
      }
    }
    if (wanted.size() > Limits.MAX_CLAIMED_KEYS) {
      throw new BadRequest(
          ErrorCode.TOO_LARGE, "At most " + Limits.MAX_CLAIMED_KEYS + " keys can be claimed");
    }
    return claims.claim(wanted).map(handed -> reply(handed, failures));
  }

  /** In the order that the specification's example has; the keys are JSON text already. */
  private static Reply reply(Map<Wanted, Handed> handed, ObjectNode failures) {
    ObjectNode answer = JSON.objectNode();
    ObjectNode users = answer.putObject("one_time_keys");
    handed.forEach(
        (wanted, key) ->
            object(object(users, wanted.userId()), wanted.deviceId())
                .putRawValue(key.keyId(), new RawValue(key.key())));
    return Reply.ok(answer.set("failures", failures));
  }

  /** Users of other servers cannot be asked, which counts as a failure of their server. */
  private boolean isLocal(String userId, ObjectNode failures) {
    String server = Identifiers.user(userId).serverName();
    if (server.equals(serverName)) {
      return true;
    }
    MatrixError error =
        MatrixError.of(ErrorCode.CONNECTION_FAILED, "This server does not federate yet");
    failures
        .putObject(server)
        .put("status", error.status())
        .put("errcode", error.code().wire())
        .put("error", error.message());
    return false;
  }

  private static Set<String> devices(JsonNode value) {
    Set<String> devices = new HashSet<>();
    boolean strings = value.isArray();
    for (JsonNode device : value) {
      strings = strings && device.isTextual();
      devices.add(device.asText());
    }
    if (!strings) {
      throw new BadRequest(ErrorCode.BAD_JSON, "device_keys must hold arrays of device ids");
    }
    return devices;
  }

  private static List<Wanted> wanted(String userId, JsonNode value) {
    List<Wanted> wanted = new ArrayList<>();
    boolean strings = value.isObject();
    for (Map.Entry<String, JsonNode> device : value.properties()) {
      strings = strings && device.getValue().isTextual();
      wanted.add(
          new Wanted(
              userId,
              Identifiers.key("A device id", device.getKey()),
              Identifiers.key("An algorithm", device.getValue().asText())));
    }
    if (!strings) {
      throw new BadRequest(ErrorCode.BAD_JSON, "one_time_keys must hold algorithms by device ids");
    }
    return wanted;
  }

  private static ObjectNode object(ObjectNode parent, String name) {
    return parent.get(name) instanceof ObjectNode object ? object : parent.putObject(name);
  }
}
