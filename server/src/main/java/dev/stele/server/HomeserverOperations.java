package dev.stele.server;

import dev.stele.server.account.AccountCreated;
import dev.stele.server.account.AccountCreation;
import dev.stele.server.account.NewAccount;
import dev.stele.server.account.PasswordPolicy;
import dev.stele.server.account.Passwords;
import dev.stele.server.account.SessionTokens;
import dev.stele.server.cli.CannotRun;
import dev.stele.server.cli.LogReport;
import dev.stele.server.cli.NewUser;
import dev.stele.server.cli.Operations;
import dev.stele.server.cli.Progress;
import dev.stele.server.cli.RunningServer;
import dev.stele.server.settings.Settings;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.time.InstantSource;
import java.util.List;

/** What the commands do, done by a homeserver. */
final class HomeserverOperations implements Operations {
  private final InstantSource clock = InstantSource.system();

  @Override
  public Future<RunningServer> serve(Vertx vertx, Settings settings) {
    return Homeserver.deploy(vertx, settings).map(Running::new);
  }

  @Override
  public Future<String> createUser(Vertx vertx, Settings settings, NewUser user) {
    var complaint = PasswordPolicy.of(settings).complaint(user.password());
    if (complaint.isPresent()) {
      return Future.failedFuture(new CannotRun(complaint.get().message()));
    }
    return Storage.open(vertx, settings, clock, new SimpleMeterRegistry())
        .compose(storage -> createUser(vertx, settings, storage, user).eventually(storage::close));
  }

  private static Future<String> createUser(
      Vertx vertx, Settings settings, Storage storage, NewUser user) {
    Passwords passwords = new Passwords(vertx, settings.unsafe().cheapPasswordHashing());
    return new AccountCreation(
            settings.serverName(),
            storage.log(),
            passwords,
            new SessionTokens(settings.sessions(), InstantSource.system()))
        .create(new NewAccount(user.localpart(), user.password(), user.admin(), null))
        .compose(
            created ->
                created instanceof AccountCreated.Made made
                    ? Future.succeededFuture(made.userId())
                    : Future.failedFuture(
                        new CannotRun(((AccountCreated.Refused) created).error().message())))
        .eventually(passwords::close);
  }

  @Override
  public Future<LogReport> verifyLog(Vertx vertx, Settings settings, Progress progress) {
    return Storage.open(vertx, settings, clock, new SimpleMeterRegistry())
        .compose(
            storage ->
                LogVerification.run(vertx, settings, storage.log(), progress)
                    .eventually(storage::close));
  }

  @Override
  public Future<LogReport> rebuildLog(Vertx vertx, Settings settings, Progress progress) {
    return LogRebuild.run(vertx, settings, clock, progress);
  }

  private record Running(Homeserver server) implements RunningServer {
    @Override
    public List<Integer> ports() {
      return server.ports();
    }

    @Override
    public Future<String> failure() {
      return server.failure();
    }

    @Override
    public Future<Void> close() {
      return server.close();
    }
  }
}
