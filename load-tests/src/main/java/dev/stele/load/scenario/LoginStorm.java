package dev.stele.load.scenario;

import dev.stele.load.client.Answer;
import dev.stele.load.client.Registrar;
import dev.stele.load.client.User;
import dev.stele.load.measure.Operation;
import io.vertx.core.Future;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * Many users log in, each on a new device, sync once and log out.
 *
 * @param users how many
 */
public record LoginStorm(int users) implements Scenario {
  public LoginStorm {
    Pace.requireAtLeast("users", users, 1);
  }

  @Override
  public String name() {
    return "login-storm";
  }

  @Override
  public Map<String, Object> settings() {
    return Map.of("users", users);
  }

  @Override
  public Play prepare(Stage stage) {
    if (!stage.cast().knowsPasswords()) {
      throw new IllegalArgumentException(
          "users: a file (expected: users who are registered here, since passwords are needed)");
    }
    List<User> all = stage.cast().users(users, "l");
    return Play.of(
        Audience.nobody(),
        IntStream.range(0, users)
            .mapToObj(
                i -> {
                  Visit visit = new Visit(stage, all.get(i));
                  return new Actor(stage, all.get(i), stage.schedule(i, users), visit::perform);
                })
            .toList());
  }

  /** One user's devices that come and go. */
  private static final class Visit {
    private final Stage stage;
    private final User user;
    private final Operation login;
    private final Operation sync;
    private final Operation logout;

    Visit(Stage stage, User user) {
      this.stage = stage;
      this.user = user;
      this.login = stage.meter().operation("login");
      this.sync = stage.meter().operation("first sync");
      this.logout = stage.meter().operation("logout");
    }

    Future<?> perform(long since) {
      User stranger = user.loggedIn("", "");
      return stage
          .time(login, since, Registrar.login(stranger, user.id(), Registrar.PASSWORD))
          .map(answer -> user.loggedIn(answer.text("user_id"), answer.text("access_token")))
          .compose(device -> firstSync(device).map(device))
          .compose(device -> leave(device).map(device))
          .compose(this::verify);
    }

    private Future<Answer> firstSync(User device) {
      String path = User.API + "/sync?timeout=0&filter=" + Poller.FILTER;
      return stage.time(sync, stage.stopwatch().micros(), device.get(path));
    }

    private Future<Answer> leave(User device) {
      String path = User.API + "/logout";
      return stage.time(logout, stage.stopwatch().micros(), device.post(path, Cast.NOTHING));
    }

    /** The login was this user's, and its token is no good any more. */
    private Future<?> verify(User device) {
      stage.findings().verify(device.id().equals(user.id()), "login of another user");
      if (!stage.pace().check()) {
        return Future.succeededFuture();
      }
      return device
          .get(User.API + "/account/whoami")
          .onSuccess(
              answer ->
                  stage
                      .findings()
                      .verify(answer.status() == 401, "a token lives on after its logout"));
    }
  }
}
