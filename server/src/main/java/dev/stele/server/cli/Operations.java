package dev.stele.server.cli;

import dev.stele.server.settings.Settings;
import io.vertx.core.Future;
import io.vertx.core.Vertx;

/**
 * What the commands set in motion. A future fails with {@link CannotRun} when the operator can help
 * it, and with anything else when it is a defect.
 */
public interface Operations {

  /** Starts a homeserver; completes once it answers on every listener. */
  Future<RunningServer> serve(Vertx vertx, Settings settings);

  /**
   * Makes an account while no server runs on the data.
   *
   * @return the new user's id
   */
  Future<String> createUser(Vertx vertx, Settings settings, NewUser user);

  /** Checks every record of the log, while no server runs on the data. */
  Future<LogReport> verifyLog(Vertx vertx, Settings settings, Progress progress);

  /** Drops every projection and folds the log again, while no server runs on the data. */
  Future<LogReport> rebuildLog(Vertx vertx, Settings settings, Progress progress);
}
