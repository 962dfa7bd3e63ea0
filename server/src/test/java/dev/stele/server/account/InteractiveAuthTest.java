package dev.stele.server.account;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.google.errorprone.annotations.CanIgnoreReturnValue;
import dev.stele.api.Endpoint;
import dev.stele.server.account.InteractiveAuth.Step;
import io.vertx.core.Future;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

final class InteractiveAuthTest {
  private final AtomicLong nanos = new AtomicLong();
  private final InteractiveAuth auth =
      new InteractiveAuth(
          Map.of(
              InteractiveAuth.DUMMY,
              AuthStage.dummy(),
              "example.one",
              AuthStage.dummy(),
              "example.two",
              AuthStage.dummy()),
          nanos::get);
  private final Asking dummy = new Asking(operation(null, InteractiveAuth.DUMMY));
  private final Asking twoStages = new Asking(operation(null, "example.one", "example.two"));
  private final Asking ofAlice = new Asking(operation("@alice:hs1", "example.one", "example.two"));

  @Test
  void advance_withoutAuth_challengesWithFlowsAndSession() {
    ObjectNode challenge = challenge(dummy.advance(request()));

    assertThat(challenge.at("/flows/0/stages/0").textValue()).isEqualTo("m.login.dummy");
    assertThat(challenge.path("params").isObject()).isTrue();
    assertThat(challenge.path("session").textValue()).isNotEmpty();
    assertThat(challenge.has("errcode")).isFalse();
    assertThat(challenge.has("completed")).isFalse();
  }

  @Test
  void advance_dummyStageInSession_proceedsWithTheRequest() {
    String session = session(dummy.advance(request().put("username", "alice")));

    Step step = dummy.advance(auth(InteractiveAuth.DUMMY, session).put("username", "alice"));

    assertThat(proceed(step)).isEqualTo(request().put("username", "alice"));
  }

  @Test
  void advance_onlyAuthInLaterRequest_usesWhatTheSessionRemembers() {
    String session = session(dummy.advance(request().put("username", "alice")));

    assertThat(proceed(dummy.advance(auth(InteractiveAuth.DUMMY, session))))
        .isEqualTo(request().put("username", "alice"));
  }

  @Test
  void advance_dummyStageWithoutSession_proceeds() {
    Step step = dummy.advance(auth(InteractiveAuth.DUMMY, null).put("username", "alice"));

    assertThat(proceed(step)).isEqualTo(request().put("username", "alice"));
  }

  @Test
  void advance_oneOfTwoStages_challengesWithWhatIsCompleted() {
    String session = session(twoStages.advance(request()));

    ObjectNode challenge = challenge(twoStages.advance(auth("example.one", session)));

    assertThat(challenge.at("/completed/0").textValue()).isEqualTo("example.one");
    assertThat(challenge.path("session").textValue()).isEqualTo(session);
    assertThat(challenge.has("errcode")).isFalse();
  }

  @Test
  void advance_completedStageAgain_keepsItCompleted() {
    String session = session(twoStages.advance(request()));
    challenge(twoStages.advance(auth("example.one", session)));

    ObjectNode challenge = challenge(twoStages.advance(auth("example.one", session)));

    assertThat(challenge.path("completed")).hasSize(1);
    assertThat(proceed(twoStages.advance(auth("example.two", session)))).isEmpty();
  }

  @Test
  void advance_sessionAloneAfterAllStages_proceeds() {
    String session = session(dummy.advance(request()));
    proceed(dummy.advance(auth(InteractiveAuth.DUMMY, session)));

    assertThat(proceed(dummy.advance(auth(null, session)))).isEmpty();
  }

  @Test
  void advance_stageOfNoFlow_saysSoAndKeepsTheSession() {
    String session = session(dummy.advance(request()));

    ObjectNode challenge = challenge(dummy.advance(auth("m.login.recaptcha", session)));

    assertThat(challenge.path("errcode").textValue()).isEqualTo("M_UNRECOGNIZED");
    assertThat(challenge.path("session").textValue()).isEqualTo(session);
  }

  @Test
  void advance_unknownSession_startsAnotherOne() {
    ObjectNode challenge = challenge(dummy.advance(auth(InteractiveAuth.DUMMY, "guessed")));

    assertThat(challenge.path("errcode").textValue()).isEqualTo("M_FORBIDDEN");
    assertThat(challenge.path("session").textValue()).isNotEqualTo("guessed");
  }

  @Test
  void advance_expiredSession_isUnknown() {
    String session = session(dummy.advance(request()));
    nanos.addAndGet(Duration.ofMinutes(16).toNanos());

    ObjectNode challenge = challenge(dummy.advance(auth(InteractiveAuth.DUMMY, session)));

    assertThat(challenge.path("errcode").textValue()).isEqualTo("M_FORBIDDEN");
  }

  @Test
  void advance_stagesInAnotherOrder_isForbidden() {
    ObjectNode challenge = challenge(twoStages.advance(auth("example.two", null)));

    assertThat(challenge.path("errcode").textValue()).isEqualTo("M_FORBIDDEN");
    assertThat(challenge.has("completed")).isFalse();
  }

  @Test
  void advance_sessionOfAnotherOperation_isUnknown() {
    String session = session(ofAlice.advance(auth("example.one", null)));
    Asking elsewhere =
        new Asking(
            new Operation(
                Endpoint.LOGOUT,
                "OTHER",
                Operation.Kind.REPEATABLE,
                "@alice:hs1",
                "PHONE",
                ofAlice.operation.flows()));

    ObjectNode challenge = challenge(elsewhere.advance(auth("example.two", session)));

    assertThat(challenge.path("session").textValue()).isNotEqualTo(session);
    assertThat(challenge.has("completed")).isFalse();
  }

  @Test
  void advance_userChangesParametersAfterAStage_undoesIt() {
    String session = session(ofAlice.advance(auth("example.one", null).put("device", "A")));

    ObjectNode challenge =
        challenge(ofAlice.advance(auth("example.two", session).put("device", "B")));

    assertThat(challenge.path("errcode").textValue()).isEqualTo("M_FORBIDDEN");
    assertThat(challenge.has("completed")).isFalse();
  }

  @Test
  void advance_userChangesParametersAfterAllStages_isNotCarriedOut() {
    String session = session(ofAlice.advance(auth("example.one", null).put("device", "A")));
    proceed(ofAlice.advance(auth("example.two", session)));

    challenge(ofAlice.advance(auth(null, session).put("device", "B")));
  }

  @Test
  void advance_onceOnlyOperationAgain_hasToBeConfirmedAgain() {
    Asking once =
        new Asking(
            new Operation(
                Endpoint.LOGOUT,
                "",
                Operation.Kind.ONCE,
                "@alice:hs1",
                "PHONE",
                List.of(List.of("example.one"))));
    String session = session(once.advance(request()));
    proceed(once.advance(auth("example.one", session)));

    challenge(once.advance(auth(null, session)));
  }

  @Test
  void advance_veryLargeRequest_isRefusedAndNotKept() {
    Step step = dummy.advance(request().put("username", "x".repeat(1 << 20)));

    assertThat(step).isInstanceOf(Step.Refused.class);
  }

  @Test
  void attemptApart_stageOfTheSession_passesIt() {
    String session = session(ofAlice.advance(request().put("device", "A")));

    assertThat(await(auth.attemptApart(session, "example.two", request()))).isEmpty();
    assertThat(await(auth.attemptApart(session, "example.one", request())))
        .contains(new AuthStage.Outcome.Passed());
    assertThat(await(auth.attemptApart(session, "example.one", request()))).isEmpty();
    assertThat(await(auth.attemptApart(session, "example.two", request()))).isPresent();

    assertThat(proceed(ofAlice.advance(auth(null, session))))
        .isEqualTo(request().put("device", "A"));
  }

  private static Operation operation(String userId, String... stages) {
    return new Operation(
        Endpoint.LOGOUT, "", Operation.Kind.REPEATABLE, userId, "PHONE", List.of(List.of(stages)));
  }

  private static <T> T await(Future<T> future) {
    return future.toCompletionStage().toCompletableFuture().join();
  }

  /** Asks for one operation. */
  private final class Asking {
    private final Operation operation;

    Asking(Operation operation) {
      this.operation = operation;
    }

    Step advance(ObjectNode request) {
      return await(auth.advance(operation, request));
    }
  }

  private static ObjectNode request() {
    return JsonNodeFactory.instance.objectNode();
  }

  private static ObjectNode auth(String stage, String session) {
    ObjectNode request = request();
    ObjectNode auth = request.putObject("auth");
    if (stage != null) {
      auth.put("type", stage);
    }
    if (session != null) {
      auth.put("session", session);
    }
    return request;
  }

  @CanIgnoreReturnValue
  private static ObjectNode challenge(Step step) {
    assertThat(step).isInstanceOf(Step.Challenge.class);
    return ((Step.Challenge) step).body();
  }

  private static String session(Step step) {
    return challenge(step).path("session").textValue();
  }

  @CanIgnoreReturnValue
  private static ObjectNode proceed(Step step) {
    assertThat(step).isInstanceOf(Step.Proceed.class);
    return ((Step.Proceed) step).parameters();
  }
}
