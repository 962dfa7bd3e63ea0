package dev.stele.load.scenario;

import com.fasterxml.jackson.databind.JsonNode;
import dev.stele.load.client.Answer;
import dev.stele.load.client.User;
import dev.stele.load.measure.Operation;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import java.util.Locale;

/** One kind of first sync. Lives on its user's loop. */
final class FirstSync {
  private static final String SLIDING =
      "/_matrix/client/unstable/org.matrix.simplified_msc3575/sync?timeout=0";

  private final Stage stage;
  private final User user;
  private final InitialSync.Kind kind;
  private final InitialSync scenario;
  private final Operation operation;
  private boolean missing;

  FirstSync(Stage stage, User user, InitialSync.Kind kind, InitialSync scenario) {
    this.stage = stage;
    this.user = user;
    this.kind = kind;
    this.scenario = scenario;
    this.operation = stage.meter().operation(kind.name().toLowerCase(Locale.ROOT));
  }

  /** Does nothing more once the server has said that it does not know this kind. */
  Future<?> perform(long since) {
    if (missing) {
      return stage.pause(1);
    }
    Future<Answer> asked = ask();
    return asked.compose(
        answer -> {
          if (kind == InitialSync.Kind.SLIDING && answer.notServed()) {
            missing = true;
            stage.remark("the target does not serve simplified sliding sync (MSC4186)");
            return Future.succeededFuture();
          }
          return stage.time(operation, since, asked).onSuccess(this::examine);
        },
        failure -> stage.time(operation, since, asked));
  }

  private Future<Answer> ask() {
    return switch (kind) {
      case FULL -> user.get(User.API + "/sync?timeout=0&filter=" + filter(false));
      case LAZY -> user.get(User.API + "/sync?timeout=0&filter=" + filter(true));
      case SLIDING -> user.post(SLIDING, sliding());
    };
  }

  private static String filter(boolean lazy) {
    return User.segment(
        "{\"room\":{\"timeline\":{\"limit\":10},\"state\":{\"lazy_load_members\":" + lazy + "}}}");
  }

  private Buffer sliding() {
    return Buffer.buffer(
        "{\"lists\":{\"all\":{\"ranges\":[[0,"
            + (scenario.rooms() - 1)
            + "]],\"timeline_limit\":10,\"required_state\":[[\"m.room.create\",\"\"],"
            + "[\"m.room.name\",\"\"],[\"m.room.member\",\"$ME\"]]}}}");
  }

  private void examine(Answer answer) {
    stage.meter().figure("answer, " + operation.name(), answer.body().length() / 1024.0, "kB");
    if (stage.pace().check()) {
      verify(answer.json());
    }
  }

  private void verify(JsonNode answer) {
    boolean isSliding = kind == InitialSync.Kind.SLIDING;
    JsonNode rooms = isSliding ? answer.path("rooms") : answer.path("rooms").path("join");
    stage
        .findings()
        .verify(
            rooms.size() == scenario.rooms(),
            operation.name() + ": " + rooms.size() + " rooms of " + scenario.rooms());
    if (kind == InitialSync.Kind.FULL) {
      rooms.forEach(this::verifyMembers);
    }
  }

  private void verifyMembers(JsonNode room) {
    long members =
        room.findValuesAsText("membership").stream().filter(each -> each.equals("join")).count();
    stage
        .findings()
        .verify(
            members >= scenario.members(),
            "full: " + members + " members of " + scenario.members());
  }
}
