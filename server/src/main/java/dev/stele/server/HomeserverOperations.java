package dev.stele.server;

import dev.stele.server.cli.CannotRun;
import dev.stele.server.cli.LogReport;
import dev.stele.server.cli.NewUser;
import dev.stele.server.cli.Operations;
import dev.stele.server.cli.Progress;
import dev.stele.server.cli.RunningServer;
import dev.stele.server.settings.Settings;
import io.vertx.core.Future;
import io.vertx.core.Vertx;

/** What the commands do, done by a homeserver. */
final class HomeserverOperations implements Operations {
  @Override
  public Future<RunningServer> serve(Vertx vertx, Settings settings) {
    return notYet();
  }

  @Override
  public Future<String> createUser(Vertx vertx, Settings settings, NewUser user) {
    return notYet();
  }

  @Override
  public Future<LogReport> verifyLog(Vertx vertx, Settings settings, Progress progress) {
    return notYet();
  }

  @Override
  public Future<LogReport> rebuildLog(Vertx vertx, Settings settings, Progress progress) {
    return notYet();
  }

  private static <T> Future<T> notYet() {
    return Future.failedFuture(new CannotRun("the homeserver is not built in yet"));
  }
}
