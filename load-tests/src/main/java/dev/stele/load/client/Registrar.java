package dev.stele.load.client;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** Gives users their accounts, by one of the ways of {@link Registration}. */
public final class Registrar {
  /** The password of everybody who is registered here. */
  public static final String PASSWORD = "correct horse battery staple";

  private static final String OPEN = User.API + "/register";
  private static final String ADMIN = "/_synapse/admin/v1/register";
  private static final String LOGIN = User.API + "/login";

  private static final String CLOSED =
      "Nobody may register there just so: allow it, or give --shared-secret, --registration-token"
          + " or --users.";
  private static final String WRONG_SECRET =
      "The server does not know this --shared-secret, or has no " + ADMIN + " at all.";
  private static final String WRONG_TOKEN =
      "The server does not take this --registration-token, or asks for more than that.";
  private static final String LIMITED =
      "The server limits how many may register: switch its rate limits off, or give --users.";

  private final Registration registration;
  private final Patience patience;
  private final AtomicInteger used = new AtomicInteger();

  public Registrar(Registration registration, Patience patience) {
    this.registration = registration;
    this.patience = patience;
  }

  /**
   * The same user, with an account and an access token. On the user's loop.
   *
   * @param name the account's name, unless it exists already
   */
  public Future<User> register(User user, String name) {
    if (registration instanceof Registration.SharedSecret shared) {
      return patience
          .ask(() -> bySecret(user, name, shared.secret()))
          .map(answer -> loggedIn("register", user, answer, WRONG_SECRET));
    }
    if (registration instanceof Registration.WithToken with) {
      return openly(user, account(name), stages(with.token()))
          .map(answer -> loggedIn("register", user, answer, WRONG_TOKEN));
    }
    if (registration instanceof Registration.Existing existing) {
      return takeNext(user, existing.accounts());
    }
    return openly(user, account(name), List.of(stage("m.login.dummy")))
        .map(answer -> loggedIn("register", user, answer, CLOSED));
  }

  /** Whether {@link #PASSWORD} is everybody's. */
  public boolean knowsPasswords() {
    return !(registration instanceof Registration.Existing);
  }

  /** Logs in with a password, which makes a new device. */
  public static Future<Answer> login(User user, String userId, String password) {
    ObjectNode body =
        object().put("type", "m.login.password").put("user", userId).put("password", password);
    body.putObject("identifier").put("type", "m.id.user").put("user", userId);
    return user.post(LOGIN, json(body));
  }

  private Future<User> takeNext(User user, List<Account> accounts) {
    int index = used.getAndIncrement();
    if (index >= accounts.size()) {
      throw new IllegalArgumentException(
          "users: %d (expected: more than %d)".formatted(accounts.size(), index));
    }
    Account account = accounts.get(index);
    if (!account.token().isEmpty()) {
      return Future.succeededFuture(user.loggedIn(account.userId(), account.token()));
    }
    return patience
        .ask(() -> login(user, account.userId(), account.password()))
        .map(answer -> loggedIn("login of " + account.userId(), user, answer, ""));
  }

  /** User-interactive authentication, one stage after the other until the server is content. */
  private Future<Answer> openly(User user, ObjectNode body, List<ObjectNode> stages) {
    return patience
        .ask(() -> user.post(OPEN, json(body)))
        .compose(
            answer -> {
              if (answer.status() != 401 || stages.isEmpty()) {
                return Future.succeededFuture(answer);
              }
              body.set("auth", stages.get(0).put("session", answer.text("session")));
              return openly(user, body, stages.subList(1, stages.size()));
            });
  }

  private static Future<Answer> bySecret(User user, String name, String secret) {
    return user.get(ADMIN)
        .compose(
            answer -> {
              if (!answer.ok()) {
                return Future.succeededFuture(answer);
              }
              String nonce = answer.require("nonce", "nonce");
              return user.post(
                  ADMIN,
                  json(
                      account(name)
                          .put("nonce", nonce)
                          .put("admin", false)
                          .put("mac", mac(secret, nonce, name, PASSWORD, "notadmin"))));
            });
  }

  /** The MAC of a registration by a shared secret. */
  public static String mac(String secret, String... parts) {
    try {
      Mac mac = Mac.getInstance("HmacSHA1");
      mac.init(new SecretKeySpec(secret.getBytes(StandardCharsets.UTF_8), "HmacSHA1"));
      byte[] joined = String.join("\0", parts).getBytes(StandardCharsets.UTF_8);
      return HexFormat.of().formatHex(mac.doFinal(joined));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every Java has HmacSHA1", e);
    }
  }

  private static User loggedIn(String what, User user, Answer answer, String hint) {
    if (!answer.ok()) {
      throw new Refused(what, answer, answer.turnedAway() ? LIMITED : hint);
    }
    return user.loggedIn(answer.require(what, "user_id"), answer.require(what, "access_token"));
  }

  private static List<ObjectNode> stages(String token) {
    return List.of(stage("m.login.registration_token").put("token", token), stage("m.login.dummy"));
  }

  private static ObjectNode stage(String type) {
    return object().put("type", type);
  }

  private static ObjectNode account(String name) {
    return object().put("username", name).put("password", PASSWORD);
  }

  private static ObjectNode object() {
    return JsonNodeFactory.instance.objectNode();
  }

  private static Buffer json(ObjectNode object) {
    return Buffer.buffer(object.toString());
  }
}
