package dev.stele.server;

import static dev.stele.server.http.TestEdge.await;
import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import com.fasterxml.jackson.databind.JsonNode;
import com.google.errorprone.annotations.CanIgnoreReturnValue;
import dev.stele.server.testing.StoppedProcesses;
import dev.stele.server.testing.TestServer;
import dev.stele.server.testing.TestServer.Answer;
import dev.stele.server.testing.TestServer.Client;
import io.vertx.pgclient.PgConnection;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

/** What clients are told while the server cannot get at its data, and afterwards. */
final class OutageTest {
  private static final Duration AT_MOST = Duration.ofSeconds(60);

  @Test
  void postgresThatStops_costsErrorsAndDelay_butNothingThatWasAcknowledged() throws Exception {
    try (TestServer server = TestServer.withOwnPostgres()) {
      Client alice = server.register("alice");
      String room = alice.post("/createRoom", "{}").ok().path("room_id").asText();
      String in = "/rooms/" + Client.encode(room);
      alice.put(in + "/send/m.room.message/before", "{'body':'before'}").ok();
      Map<String, CompletableFuture<Answer>> sends = new LinkedHashMap<>();
      List<CompletableFuture<Answer>> others = new ArrayList<>();

      StoppedProcesses stopped = StoppedProcesses.ofPostgres(server.dataDir());
      try {
        for (int i = 0; i < 50; i++) {
          String txn = "during" + i;
          sends.put(
              txn, alice.putLater(in + "/send/m.room.message/" + txn, "{'body':'" + txn + "'}"));
          others.add(alice.getLater(in + "/messages?dir=b"));
          others.add(alice.getLater("/user/@alice:test/account_data/x"));
        }
        others.add(
            server
                .anonymous()
                .postLater(
                    "/login",
                    "{'type':'m.login.password',"
                        + "'identifier':{'type':'m.id.user','user':'alice'},'password':'password'}"));
        assertThat(alice.get("/_matrix/client/versions").status()).isEqualTo(200);
        assertThat(alice.getPlain("/health").status()).isEqualTo(200);
        Answer ready = ready(server, false);
        assertThat(ready.json().path("because").path(0).asText()).isEqualTo("database");

        others.forEach(answer -> assertThat(within(answer).error()).isEqualTo("503 M_UNKNOWN"));
        sends
            .values()
            .forEach(answer -> assertThat(within(answer).error()).isEqualTo("503 M_UNKNOWN"));
        Answer refused = within(sends.get("during0"));
        assertThat(refused.json().path("retry_after_ms").asLong()).isPositive();
      } finally {
        stopped.goOn();
      }

      ready(server, true);
      List<String> ids = new ArrayList<>();
      for (String txn : sends.keySet()) {
        ids.add(
            untilItWorks(
                    () -> alice.put(in + "/send/m.room.message/" + txn, "{'body':'" + txn + "'}"))
                .path("event_id")
                .asText());
      }
      assertThat(ids).doesNotHaveDuplicates();
      List<String> bodies = new ArrayList<>();
      for (JsonNode event : alice.get(in + "/messages?dir=f&limit=100").ok().path("chunk")) {
        if (event.path("type").asText().equals("m.room.message")) {
          bodies.add(event.at("/content/body").asText());
        }
      }
      assertThat(bodies).contains("before").containsAll(sends.keySet()).doesNotHaveDuplicates();
    }
  }

  @Test
  void foldThatFails_isToldToWhoeverAsks_andIsWellAgainByItself() {
    Logger logger = (Logger) LoggerFactory.getLogger("dev.stele.eventstore.postgres.FollowerQueue");
    ListAppender<ILoggingEvent> logged = new ListAppender<>();
    logged.start();
    logger.addAppender(logged);
    try (TestServer server = new TestServer()) {
      Client alice = server.register("alice");
      String path = "/user/@alice:test/account_data/org.x";
      sql(server, "ALTER TABLE projection.account_data RENAME TO elsewhere");
      alice.put(path, "{'a':1}").ok();

      assertThat(within(alice.getLater(path)).error()).isEqualTo("503 M_UNKNOWN");
      long began = System.nanoTime();
      assertThat(alice.get(path).error()).as("known by now").isEqualTo("503 M_UNKNOWN");
      assertThat(Duration.ofNanos(System.nanoTime() - began))
          .as("it does not take the patience of the first")
          .isLessThan(Duration.ofSeconds(5));
      assertThat(server.metric("stele_log_stuck_seconds{follower=\"projection.user_data\"}"))
          .isGreaterThan(5);
      assertThat(logged.list.stream().filter(line -> line.getLevel() == Level.WARN)).hasSize(1);
      assertThat(alice.get("/account/whoami").status()).as("of others").isEqualTo(200);

      sql(server, "ALTER TABLE projection.elsewhere RENAME TO account_data");

      assertThat(untilItWorks(() -> alice.get(path)).path("a").asInt()).isEqualTo(1);
      while (server.metric("stele_log_stuck_seconds{follower=\"projection.user_data\"}") > 0) {
        Thread.onSpinWait();
      }
    } finally {
      logger.detachAppender(logged);
    }
  }

  /** The answer once the server is ready, or is not. */
  @CanIgnoreReturnValue
  private static Answer ready(TestServer server, boolean ready) {
    Answer answer = server.anonymous().getPlain("/ready");
    while ((answer.status() == 200) != ready) {
      answer = server.anonymous().getPlain("/ready");
    }
    return answer;
  }

  private static Answer within(CompletableFuture<Answer> answer) {
    return answer.orTimeout(AT_MOST.toSeconds(), TimeUnit.SECONDS).join();
  }

  /** Asks again as long as it is told to. */
  private static JsonNode untilItWorks(Supplier<Answer> request) {
    Answer answer = request.get();
    while (answer.status() == 503) {
      answer = request.get();
    }
    return answer.ok();
  }

  private static void sql(TestServer server, String statement) {
    String url = server.effectiveSettings().database().url().orElseThrow();
    var unused =
        await(
            PgConnection.connect(server.vertx(), url)
                .compose(one -> one.query(statement).execute().eventually(one::close)));
  }
}
