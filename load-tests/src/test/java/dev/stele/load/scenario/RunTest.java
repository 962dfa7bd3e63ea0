package dev.stele.load.scenario;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.stele.load.client.Refused;
import dev.stele.load.client.Registration;
import dev.stele.load.client.Target;
import dev.stele.load.measure.Check;
import dev.stele.load.measure.Measured;
import dev.stele.load.report.Result;
import dev.stele.load.scenario.FakeHomeserver.Fault;
import java.io.PrintWriter;
import java.io.Writer;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class RunTest {
  private static final int SENDS = 60;

  /** Ends by its number of messages, long before its time. */
  private static Pace pace(double rate, Duration catchUp) {
    return new Pace(Duration.ZERO, Duration.ofSeconds(30), catchUp, SENDS, rate, 20, 7, false);
  }

  private static Result run(Target target, Registration registration, Scenario what, Pace pace)
      throws InterruptedException {
    Screen nowhere = new Screen.Lines(new PrintWriter(Writer.nullWriter()));
    return Run.measure(
        what,
        new Run.Setting(
            "", target, registration, pace, new Memory(List.of(), false), nowhere, all -> {}));
  }

  private static Result run(Fault fault, Scenario what, Pace pace) throws InterruptedException {
    try (FakeHomeserver server = FakeHomeserver.with(fault)) {
      return run(new Target(server.url(), 0, 1, false), new Registration.Open(), what, pace);
    }
  }

  private static Result run(Fault fault, int senders, int rooms, int pollers)
      throws InterruptedException {
    return run(
        fault,
        new Conversation("test", senders, rooms, pollers, pollers),
        pace(0, Duration.ofSeconds(10)));
  }

  private static long count(Result result, String operation) {
    return result.operation(operation).map(Measured::count).orElse(0L);
  }

  @Test
  void run_closedLoop_sendsItsBudgetAndHearsItAll() throws Exception {
    Result result = run(Fault.NONE, 4, 2, 6);
    assertThat(count(result, "send")).isEqualTo(SENDS);
    assertThat(count(result, "delivery")).isEqualTo(SENDS * 3);
    assertThat(count(result, "delivery to all")).isEqualTo(SENDS);
    assertThat(result.failures()).isEmpty();
    assertThat(result.check()).isEqualTo(new Check(SENDS, SENDS, 0, 0, 0, 0, 0, List.of()));
    assertThat(result.passed()).isTrue();
    assertThat(result.server()).isEqualTo("Fake 1");
  }

  @Test
  void run_openLoop_sendsOnSchedule() throws Exception {
    Result result =
        run(Fault.NONE, new Conversation("test", 2, 1, 1, 1), pace(200, Duration.ofSeconds(10)));
    assertThat(count(result, "send")).isEqualTo(SENDS);
    assertThat(result.seconds()).isGreaterThan(0.1);
    assertThat(result.generatorLag().count()).isPositive();
    assertThat(result.passed()).isTrue();
  }

  @Test
  void run_morePollsThanAccounts_eachHearsAll() throws Exception {
    Result result =
        run(Fault.NONE, new Conversation("test", 1, 1, 6, 2), pace(0, Duration.ofSeconds(10)));
    assertThat(count(result, "delivery")).isEqualTo(SENDS * 6);
    assertThat(result.passed()).isTrue();
  }

  @Test
  void run_serverLosesAMessage_failsTheCheck() throws Exception {
    Result result =
        run(Fault.LOSES, new Conversation("test", 1, 1, 1, 1), pace(0, Duration.ofMillis(200)));
    assertThat(result.check().lost()).isEqualTo(1);
    assertThat(result.passed()).isFalse();
  }

  @Test
  void run_serverRepeatsAMessage_failsTheCheck() throws Exception {
    Result result = run(Fault.REPEATS, 1, 1, 2);
    assertThat(result.check().repeated()).isEqualTo(1);
    assertThat(result.passed()).isFalse();
  }

  @Test
  void run_onePollerHearsAnotherOrder_failsTheCheck() throws Exception {
    Result result = run(Fault.SWAPS_FOR_ONE, 1, 1, 3);
    assertThat(result.check().disordered() + result.check().repeated()).isPositive();
    assertThat(result.passed()).isFalse();
  }

  @Test
  void run_serverRefusesSome_countsThemByCode() throws Exception {
    Result result = run(Fault.REFUSES_SOME, 1, 1, 1);
    assertThat(result.failures()).containsExactly(Map.entry("send: M_FORBIDDEN", 20L));
    assertThat(count(result, "send")).isEqualTo(40);
    assertThat(result.check().passed()).isTrue();
  }

  @Test
  void run_serverTurnsSomeAway_tellsThemApartFromFailures() throws Exception {
    Result result =
        run(
            Fault.TURNS_AWAY_SOME,
            new Conversation("test", 1, 1, 1, 1, 4),
            pace(500, Duration.ofSeconds(10)));
    assertThat(result.turnedAway())
        .containsExactly(Map.entry("send: 429 M_LIMIT_EXCEEDED, saying when to come again", 20L));
    assertThat(count(result, "send refused")).isEqualTo(20);
    assertThat(count(result, "send")).isEqualTo(40);
    assertThat(result.failures()).isEmpty();
    assertThat(result.passed()).isTrue();
  }

  @Test
  void run_overload_tellsWhatWasTakenAndRefused() throws Exception {
    Conversation twoLanes = new Conversation("test", 1, 1, 1, 1, 2);
    Result result =
        run(Fault.TURNS_AWAY_SOME, new Overload(twoLanes, 100), pace(500, Duration.ofSeconds(10)));
    assertThat(result.remarks()).contains("the server sheds what is too much");
    assertThat(result.figures().keySet())
        .containsExactly("asked for", "refused", "taken", "taken, of what saturates");
    assertThat(result.figures().get("taken").value())
        .isCloseTo(2 * result.figures().get("refused").value(), within(0.1));
  }

  @Test
  void run_sharedSecret_registers() throws Exception {
    try (FakeHomeserver server = FakeHomeserver.with(Fault.NONE)) {
      Result result =
          run(
              new Target(server.url(), 0, 1, false),
              new Registration.SharedSecret("secret"),
              new Conversation("test", 1, 1, 1, 1),
              pace(0, Duration.ofSeconds(10)));
      assertThat(result.passed()).isTrue();
    }
  }

  @Test
  void run_wrongSecret_saysWhatWasRefused() {
    try (FakeHomeserver server = FakeHomeserver.with(Fault.NONE)) {
      assertThatThrownBy(
              () ->
                  run(
                      new Target(server.url(), 0, 1, false),
                      new Registration.SharedSecret("wrong"),
                      new Conversation("test", 1, 1, 1, 1),
                      pace(0, Duration.ZERO)))
          .isInstanceOf(Refused.class)
          .hasMessageContaining("register: the server answered 403")
          .hasMessageContaining("M_FORBIDDEN")
          .hasMessageContaining("--shared-secret");
    }
  }

  @Test
  void run_severalSources_connectsFromEach() throws Exception {
    try (FakeHomeserver server = FakeHomeserver.with(Fault.NONE)) {
      Result result =
          run(
              new Target(server.url(), 3, 2, false),
              new Registration.Open(),
              new Conversation("test", 6, 1, 0, 0),
              pace(0, Duration.ZERO));
      assertThat(count(result, "send")).isEqualTo(SENDS);
      assertThat(server.addresses).containsKeys("127.0.0.1", "127.0.0.2", "127.0.0.3");
    }
  }

  @Test
  void run_http2_measuresAsWell() throws Exception {
    try (FakeHomeserver server = FakeHomeserver.with(Fault.NONE)) {
      Result result =
          run(
              new Target(server.url(), 0, 1, true),
              new Registration.Open(),
              new Conversation("test", 4, 1, 150, 150),
              pace(0, Duration.ofSeconds(10)));
      assertThat(count(result, "delivery")).isEqualTo(SENDS * 150);
      assertThat(result.passed()).isTrue();
      assertThat(server.versions).containsOnlyKeys("HTTP_2");
    }
  }
}
