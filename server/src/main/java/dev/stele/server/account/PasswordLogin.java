package dev.stele.server.account;

import dev.stele.api.ErrorCode;
import dev.stele.api.MatrixError;
import dev.stele.server.projection.AccountRow;
import dev.stele.server.projection.Accounts;
import dev.stele.stateres.id.UserId;
import io.vertx.core.Future;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Logs users in by their passwords. Thread-safe. */
public final class PasswordLogin {
  private final Accounts accounts;
  private final Passwords passwords;
  private final DeviceSessions sessions;
  private final Usernames usernames;

  public PasswordLogin(
      String serverName, Accounts accounts, Passwords passwords, DeviceSessions sessions) {
    this.accounts = accounts;
    this.passwords = passwords;
    this.sessions = sessions;
    this.usernames = new Usernames(serverName);
  }

  /**
   * Logs a user in, if there is such a user and this is their password.
   *
   * @param user the whole user id or its localpart
   */
  public Future<LoggedIn> logIn(String user, String password, NewDevice device) {
    String userId = usernames.meant(user).map(UserId::value).orElse("");
    return accounts
        .account(userId)
        .map(PasswordLogin::passwordHash)
        .compose(hash -> passwords.matches(password, hash))
        .compose(
            matches ->
                matches
                    ? sessions.open(userId, device)
                    : Future.succeededFuture(
                        new LoggedIn.Refused(
                            MatrixError.of(ErrorCode.FORBIDDEN, "Wrong username or password"))));
  }

  private static @Nullable String passwordHash(Optional<AccountRow> account) {
    return account.isPresent() ? account.get().passwordHash() : null;
  }
}
