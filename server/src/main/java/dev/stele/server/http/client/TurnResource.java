package dev.stele.server.http.client;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.stele.api.Endpoint;
import dev.stele.server.http.Bindings;
import dev.stele.server.http.Exchange;
import dev.stele.server.http.Reply;
import dev.stele.server.http.Resource;
import dev.stele.server.settings.Settings;
import io.vertx.core.Future;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.InstantSource;
import java.util.Base64;
import java.util.Optional;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Credentials for TURN servers, which calls go through where there is no way between the callers.
 * Client-server API, "Voice over IP".
 *
 * <p>They are made of a secret that is shared with the TURN servers, which check them without
 * asking anybody: the user name says until when it is valid, and the password is its HMAC-SHA1.
 */
public final class TurnResource implements Resource {
  private static final String ALGORITHM = "HmacSHA1";

  private final Optional<Settings.Turn> turn;
  private final InstantSource clock;

  public TurnResource(Optional<Settings.Turn> turn, InstantSource clock) {
    this.turn = turn;
    this.clock = clock;
  }

  @Override
  public void bind(Bindings bindings) {
    bindings.on(Endpoint.GET_TURN_SERVER, this::get);
  }

  private Future<Reply> get(Exchange exchange) {
    return Future.succeededFuture(
        turn.map(servers -> Reply.ok(credentials(servers, exchange.requester().userId())))
            .orElseGet(Reply::empty));
  }

  private ObjectNode credentials(Settings.Turn servers, String userId) {
    long ttl = servers.lifetime().toSeconds();
    String username = clock.instant().getEpochSecond() + ttl + ":" + userId;
    ObjectNode body =
        JsonNodeFactory.instance
            .objectNode()
            .put("username", username)
            .put("password", hmac(servers.sharedSecret(), username))
            .put("ttl", ttl);
    ArrayNode uris = body.putArray("uris");
    servers.uris().forEach(uris::add);
    return body;
  }

  private static String hmac(String secret, String text) {
    try {
      Mac hmac = Mac.getInstance(ALGORITHM);
      hmac.init(new SecretKeySpec(secret.getBytes(StandardCharsets.UTF_8), ALGORITHM));
      return Base64.getEncoder()
          .encodeToString(hmac.doFinal(text.getBytes(StandardCharsets.UTF_8)));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("this Java has no " + ALGORITHM, e);
    }
  }
}
