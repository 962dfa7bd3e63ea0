package dev.stele.server.account;

import dev.stele.api.MatrixError;
import dev.stele.eventstore.Appended;
import dev.stele.server.record.Claims;
import dev.stele.server.record.Fact;
import dev.stele.server.record.RecordLog;
import dev.stele.server.record.UserRegistered;
import dev.stele.stateres.id.UserId;
import io.vertx.core.Future;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Makes accounts, for whoever may: open registration, shared secret, command line. Thread-safe. */
public final class AccountCreation {
  private final RecordLog log;
  private final Passwords passwords;
  private final Usernames usernames;
  private final SessionTokens tokens;
  private final Secrets secrets = new Secrets();

  public AccountCreation(
      String serverName, RecordLog log, Passwords passwords, SessionTokens tokens) {
    this.log = log;
    this.passwords = passwords;
    this.tokens = tokens;
    this.usernames = new Usernames(serverName);
  }

  /** Why there can be no new account of this name at the moment; empty if there can. */
  public Future<Optional<MatrixError>> objection(String username) {
    Optional<UserId> userId = usernames.wished(username);
    if (userId.isEmpty()) {
      return Future.succeededFuture(Optional.of(Usernames.invalid()));
    }
    return log.holders(List.of(Claims.user(userId.get().value())))
        .map(holders -> holders.isEmpty() ? Optional.empty() : Optional.of(Usernames.inUse()));
  }

  /** Makes an account. The future completes once it is durable, or refused. */
  public Future<AccountCreated> create(NewAccount account) {
    String username = account.username();
    Optional<UserId> userId = usernames.wished(username == null ? secrets.localpart() : username);
    return userId.isEmpty()
        ? Future.succeededFuture(new AccountCreated.Refused(Usernames.invalid()))
        : passwords
            .hash(account.password())
            .compose(hash -> append(userId.get().value(), account, hash));
  }

  private Future<AccountCreated> append(String userId, NewAccount account, String hash) {
    List<Fact> facts = new ArrayList<>();
    facts.add(new UserRegistered(userId, account.admin(), false, hash));
    OpenedDevice device = null;
    NewDevice wanted = account.device();
    if (wanted != null) {
      device = tokens.open(wanted);
      facts.add(device.fact(userId, wanted.displayName()));
    }
    AccountCreated made = new AccountCreated.Made(userId, device);
    return log.append(facts)
        .map(
            appended ->
                appended instanceof Appended.Committed
                    ? made
                    : new AccountCreated.Refused(Usernames.inUse()));
  }
}
