package dev.stele.server.cli;

import dev.stele.server.settings.Settings;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** A homeserver of which a test says what happens to it. */
final class FakeOperations implements Operations {
  final Promise<String> failure = Promise.promise();
  final List<String> calls = new ArrayList<>();
  Runnable onStart = () -> {};
  Runnable onReady = () -> {};
  Future<RunningServer> serving = Future.succeededFuture(new Server());
  Future<String> created = Future.succeededFuture("@alice:localhost");
  Future<LogReport> report =
      Future.succeededFuture(new LogReport(Map.of("records", 3L), List.of()));

  final class Server implements RunningServer {
    @Override
    public List<Integer> ports() {
      return List.of(4711, 4712);
    }

    @Override
    public Future<String> failure() {
      onReady.run();
      return failure.future();
    }

    @Override
    public Future<Void> close() {
      calls.add("close");
      return Future.succeededFuture();
    }
  }

  @Override
  public Future<RunningServer> serve(Vertx vertx, Settings settings) {
    calls.add("serve " + settings.serverName());
    onStart.run();
    return serving;
  }

  @Override
  public Future<String> createUser(Vertx vertx, Settings settings, NewUser user) {
    calls.add("create " + user + " " + user.password());
    return created;
  }

  @Override
  public Future<LogReport> verifyLog(Vertx vertx, Settings settings, Progress progress) {
    calls.add("verify");
    progress.report(1, 3);
    return report;
  }

  @Override
  public Future<LogReport> rebuildLog(Vertx vertx, Settings settings, Progress progress) {
    calls.add("rebuild");
    progress.report(1, 3);
    return report;
  }
}
