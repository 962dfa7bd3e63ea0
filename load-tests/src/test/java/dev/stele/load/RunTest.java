package dev.stele.load;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.stele.load.FakeHomeserver.Fault;
import java.io.PrintWriter;
import java.io.Writer;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class RunTest {
  private static final int SENDS = 60;

  private static Result run(FakeHomeserver server, Registration registration, Workload workload)
      throws InterruptedException {
    return Run.measure(
        "test",
        new Target(server.url(), 0, 1),
        registration,
        workload,
        new Progress(new PrintWriter(Writer.nullWriter())));
  }

  private static Result run(Fault fault, Workload workload) throws InterruptedException {
    try (FakeHomeserver server = FakeHomeserver.with(fault)) {
      return run(server, new Registration.Open(), workload);
    }
  }

  /** Ends by its number of messages, long before its time. */
  private static Workload workload(int senders, int rooms, int pollers, double rate) {
    return new Workload(
        senders,
        rooms,
        pollers,
        rate,
        20,
        Duration.ZERO,
        Duration.ofSeconds(30),
        Duration.ofSeconds(10),
        SENDS,
        7);
  }

  /** One sender and one poller who does not wait for what will not come. */
  private static Workload impatient() {
    Workload usual = workload(1, 1, 1, 0);
    return new Workload(
        1, 1, 1, 0, 20, Duration.ZERO, usual.duration(), Duration.ofMillis(200), SENDS, 7);
  }

  @Test
  void run_closedLoop_sendsItsBudgetAndHearsItAll() throws Exception {
    Result result = run(Fault.NONE, workload(4, 2, 6, 0));
    assertThat(result.sent()).isEqualTo(SENDS);
    assertThat(result.send().count()).isEqualTo(SENDS);
    assertThat(result.delivery().count()).isEqualTo(SENDS * 3);
    assertThat(result.failures()).isEmpty();
    assertThat(result.check()).isEqualTo(new Check(SENDS, SENDS, 0, 0, 0, 0));
    assertThat(result.passed()).isTrue();
  }

  @Test
  void run_openLoop_sendsOnSchedule() throws Exception {
    Result result = run(Fault.NONE, workload(2, 1, 1, 200));
    assertThat(result.sent()).isEqualTo(SENDS);
    assertThat(result.seconds()).isGreaterThan(0.1);
    assertThat(result.generatorLag().count()).isPositive();
    assertThat(result.passed()).isTrue();
  }

  @Test
  void run_serverLosesAMessage_failsTheCheck() throws Exception {
    Result result = run(Fault.LOSES, impatient());
    assertThat(result.check().lost()).isEqualTo(1);
    assertThat(result.passed()).isFalse();
  }

  @Test
  void run_serverRepeatsAMessage_failsTheCheck() throws Exception {
    Result result = run(Fault.REPEATS, workload(1, 1, 2, 0));
    assertThat(result.check().repeated()).isEqualTo(1);
    assertThat(result.passed()).isFalse();
  }

  @Test
  void run_onePollerHearsAnotherOrder_failsTheCheck() throws Exception {
    Result result = run(Fault.SWAPS_FOR_ONE, workload(1, 1, 3, 0));
    assertThat(result.check().disordered() + result.check().repeated()).isPositive();
    assertThat(result.passed()).isFalse();
  }

  @Test
  void run_serverRefusesSome_countsThemByCode() throws Exception {
    Result result = run(Fault.REFUSES_SOME, workload(1, 1, 1, 0));
    assertThat(result.failures()).containsExactly(Map.entry("send: M_FORBIDDEN", 20L));
    assertThat(result.sent()).isEqualTo(40);
    assertThat(result.check().passed()).isTrue();
  }

  @Test
  void run_sharedSecret_registers() throws Exception {
    try (FakeHomeserver server = FakeHomeserver.with(Fault.NONE)) {
      Result result = run(server, new Registration.SharedSecret("secret"), workload(1, 1, 1, 0));
      assertThat(result.passed()).isTrue();
    }
  }

  @Test
  void run_wrongSecret_saysWhatWasRefused() {
    try (FakeHomeserver server = FakeHomeserver.with(Fault.NONE)) {
      assertThatThrownBy(
              () -> run(server, new Registration.SharedSecret("wrong"), workload(1, 1, 1, 0)))
          .isInstanceOf(Refused.class)
          .hasMessageContaining("register: 403")
          .hasMessageContaining("M_FORBIDDEN");
    }
  }

  @Test
  void run_severalSources_connectsFromEach() throws Exception {
    try (FakeHomeserver server = FakeHomeserver.with(Fault.NONE)) {
      Result result =
          Run.measure(
              "test",
              new Target(server.url(), 3, 2),
              new Registration.Open(),
              workload(6, 1, 0, 0),
              new Progress(new PrintWriter(Writer.nullWriter())));
      assertThat(result.sent()).isEqualTo(SENDS);
      assertThat(server.addresses).containsKeys("127.0.0.1", "127.0.0.2", "127.0.0.3");
    }
  }
}
