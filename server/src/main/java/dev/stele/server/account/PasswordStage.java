package dev.stele.server.account;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.stele.api.ErrorCode;
import dev.stele.api.MatrixError;
import dev.stele.server.projection.AccountRow;
import dev.stele.server.projection.Accounts;
import dev.stele.stateres.id.UserId;
import io.vertx.core.Future;
import java.util.Optional;

/**
 * The stage {@code m.login.password}, by which a user who is logged in shows that it is still them.
 * Client-server API, "Password-based". Attempts are counted for each user, wherever they come from.
 */
public final class PasswordStage implements AuthStage {
  private static final Outcome WRONG = new Outcome.Failed("Invalid password");

  private final Accounts accounts;
  private final Passwords passwords;
  private final Usernames usernames;
  private final Attempts attempts;

  public PasswordStage(
      String serverName, Accounts accounts, Passwords passwords, Attempts attempts) {
    this.accounts = accounts;
    this.passwords = passwords;
    this.usernames = new Usernames(serverName);
    this.attempts = attempts;
  }

  @Override
  public Future<Outcome> attempt(Operation operation, ObjectNode auth) {
    String userId = operation.userId();
    if (userId == null) {
      throw new IllegalArgumentException(
          operation.endpoint() + " asks for a password, but nobody is logged in");
    }
    Optional<MatrixError> objection = objection(auth);
    if (objection.isPresent()) {
      return refused(objection.get());
    }
    long delayMillis = attempts.take(userId);
    if (delayMillis > 0) {
      return refused(
          MatrixError.of(ErrorCode.LIMIT_EXCEEDED, "Too many attempts")
              .withField("retry_after_ms", delayMillis));
    }
    return names(auth, userId)
        ? check(userId, auth.path("password").textValue())
        : Future.succeededFuture(WRONG);
  }

  private Future<Outcome> check(String userId, String password) {
    return accounts
        .account(userId)
        .compose(
            account ->
                passwords.matches(password, account.map(AccountRow::passwordHash).orElse(null)))
        .map(matches -> matches ? new Outcome.Passed() : WRONG);
  }

  /** What is wrong with an attempt whatever the password is. */
  private static Optional<MatrixError> objection(ObjectNode auth) {
    JsonNode identifier = auth.path("identifier");
    if (!identifier.isMissingNode() && !identifier.isObject()) {
      return Optional.of(MatrixError.of(ErrorCode.BAD_JSON, "identifier must be an object"));
    }
    if (identifier.isObject()) {
      switch (identifier.path("type").asText()) {
        case "m.id.user" -> {}
        case "m.id.thirdparty", "m.id.phone" -> {
          return Optional.of(
              MatrixError.of(ErrorCode.FORBIDDEN, "No account has this address or number"));
        }
        default -> {
          return Optional.of(
              MatrixError.of(ErrorCode.UNKNOWN, "Unknown type of identifier").withStatus(400));
        }
      }
    }
    return auth.path("password").isTextual()
        ? Optional.empty()
        : Optional.of(MatrixError.of(ErrorCode.MISSING_PARAM, "Missing: auth.password"));
  }

  /** Whether an attempt names the user, by {@code identifier} or the older {@code user}, if any. */
  private boolean names(ObjectNode auth, String userId) {
    JsonNode named =
        auth.path("identifier").isObject() ? auth.at("/identifier/user") : auth.path("user");
    return named.isMissingNode()
        || usernames.meant(named.asText()).map(UserId::value).filter(userId::equals).isPresent();
  }

  private static Future<Outcome> refused(MatrixError error) {
    return Future.succeededFuture(new Outcome.Refused(error));
  }
}
