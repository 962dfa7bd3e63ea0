package dev.stele.load;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.HexFormat;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** Registers users and logs them in. */
record Registrar(Registration registration) {
  private static final String OPEN = User.API + "/register";
  private static final String ADMIN = "/_synapse/admin/v1/register";
  private static final String PASSWORD = "correct horse battery staple";

  /** The same user, with an access token. */
  Future<User> register(User user, String name) {
    Future<Answer> answered =
        registration instanceof Registration.SharedSecret shared
            ? bySecret(user, name, shared.secret())
            : openly(user, name);
    return answered.map(
        answer -> user.withToken(Setup.require("register", answer, "access_token")));
  }

  /** User-interactive authentication with its one stage, {@code m.login.dummy}. */
  private static Future<Answer> openly(User user, String name) {
    ObjectNode body = account(name);
    return user.post(OPEN, json(body))
        .compose(
            answer -> {
              if (answer.status() != 401) {
                return Future.succeededFuture(answer);
              }
              body.putObject("auth")
                  .put("type", "m.login.dummy")
                  .put("session", answer.text("session"));
              return user.post(OPEN, json(body));
            });
  }

  private static Future<Answer> bySecret(User user, String name, String secret) {
    return user.get(ADMIN)
        .map(answer -> Setup.require("nonce", answer, "nonce"))
        .compose(
            nonce ->
                user.post(
                    ADMIN,
                    json(
                        account(name)
                            .put("nonce", nonce)
                            .put("admin", false)
                            .put("mac", mac(secret, nonce, name, PASSWORD, "notadmin")))));
  }

  static String mac(String secret, String... parts) {
    try {
      Mac mac = Mac.getInstance("HmacSHA1");
      mac.init(new SecretKeySpec(secret.getBytes(StandardCharsets.UTF_8), "HmacSHA1"));
      byte[] joined = String.join("\0", parts).getBytes(StandardCharsets.UTF_8);
      return HexFormat.of().formatHex(mac.doFinal(joined));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every Java has HmacSHA1", e);
    }
  }

  private static ObjectNode account(String name) {
    return JsonNodeFactory.instance.objectNode().put("username", name).put("password", PASSWORD);
  }

  private static Buffer json(ObjectNode object) {
    return Buffer.buffer(object.toString());
  }
}
