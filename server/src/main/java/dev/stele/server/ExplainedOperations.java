package dev.stele.server;

import dev.stele.eventstore.embedded.CannotRunPostgres;
import dev.stele.eventstore.embedded.DataDirectoryInUse;
import dev.stele.eventstore.postgres.DatabaseException;
import dev.stele.eventstore.postgres.Fenced;
import dev.stele.server.cli.CannotRun;
import dev.stele.server.cli.LogReport;
import dev.stele.server.cli.NewUser;
import dev.stele.server.cli.Operations;
import dev.stele.server.cli.Progress;
import dev.stele.server.cli.RunningServer;
import dev.stele.server.http.CannotListen;
import dev.stele.server.settings.Settings;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.util.List;

/** Operations whose failures tell the operator what to do where there is something to do. */
record ExplainedOperations(Operations operations) implements Operations {
  /** Failures with a message for operators. */
  private static final List<Class<? extends Throwable>> EXPECTED =
      List.of(
          CannotListen.class,
          CannotRunPostgres.class,
          DataDirectoryInUse.class,
          DatabaseException.class,
          Fenced.class);

  @Override
  public Future<RunningServer> serve(Vertx vertx, Settings settings) {
    return explained(operations.serve(vertx, settings));
  }

  @Override
  public Future<String> createUser(Vertx vertx, Settings settings, NewUser user) {
    return explained(operations.createUser(vertx, settings, user));
  }

  @Override
  public Future<LogReport> verifyLog(Vertx vertx, Settings settings, Progress progress) {
    return explained(operations.verifyLog(vertx, settings, progress));
  }

  @Override
  public Future<LogReport> rebuildLog(Vertx vertx, Settings settings, Progress progress) {
    return explained(operations.rebuildLog(vertx, settings, progress));
  }

  private static <T> Future<T> explained(Future<T> outcome) {
    return outcome.recover(failure -> Future.failedFuture(explained(failure)));
  }

  private static Throwable explained(Throwable failure) {
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      if (EXPECTED.contains(cause.getClass())) {
        return new CannotRun(String.valueOf(cause.getMessage()), failure);
      }
    }
    return failure;
  }
}
