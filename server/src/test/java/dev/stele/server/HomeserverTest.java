package dev.stele.server;

import static dev.stele.server.http.TestEdge.await;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.stele.api.Endpoint;
import dev.stele.server.cli.LogReport;
import dev.stele.server.keys.ServerKeys;
import dev.stele.server.record.Entry;
import dev.stele.server.record.RoomEvent;
import dev.stele.server.room.LogAudit;
import dev.stele.server.testing.TestServer;
import dev.stele.server.testing.TestServer.Client;
import dev.stele.stateres.event.Pdu;
import dev.stele.stateres.sign.SigningKey;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.InstantSource;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** The server as a whole. */
final class HomeserverTest {
  /** What the settings of these tests leave off. */
  private static final Set<String> OFF = Set.of("/_synapse/admin/v1/register");

  @Test
  void endpoints_allHaveAHandler() {
    try (TestServer server = new TestServer()) {
      Client alice = server.register("alice");
      Set<Endpoint> unserved = EnumSet.noneOf(Endpoint.class);
      for (Endpoint endpoint : Endpoint.values()) {
        String path = endpoint.path().replaceAll("\\{[^}]*}", "x");
        // What ends the session would hide the rest.
        Client caller = path.contains("logout") ? server.anonymous() : alice;
        var answer = caller.request(endpoint.method().name(), path);
        if (answer.error().endsWith("M_UNRECOGNIZED") && !OFF.contains(path)) {
          unserved.add(endpoint);
        }
      }

      assertThat(unserved).isEmpty();
    }
  }

  @Test
  void createRoom_manyTimesAtOnce_makesAsManyRooms() {
    try (TestServer server = new TestServer()) {
      Client alice = server.register("alice");
      var answers =
          IntStream.range(0, 20).mapToObj(i -> alice.postLater("/createRoom", "{}")).toList();

      assertThat(answers.stream().map(answer -> answer.join().ok().path("room_id").asText()))
          .doesNotHaveDuplicates()
          .hasSize(20);
    }
  }

  @Test
  void twoServers_inOneJvm_knowNothingOfEachOther() {
    try (TestServer one = new TestServer();
        TestServer two = new TestServer()) {
      Client alice = one.register("alice");

      assertThat(two.register("alice").token()).isNotEqualTo(alice.token());
      assertThat(one.homeserver().ports()).isNotEqualTo(two.homeserver().ports());
      assertThat(new Client(two, alice.userId(), alice.token()).get("/account/whoami").error())
          .isEqualTo("401 M_UNKNOWN_TOKEN");
    }
  }

  @Test
  void secondServer_onTheSameDatabase_endsTheFirst() {
    try (TestServer server = new TestServer()) {
      server.register("alice");
      Homeserver second = await(Homeserver.deploy(server.vertx(), server.effectiveSettings()));
      try {
        // A server learns that it was fenced when it next appends, at the latest.
        assertThat(
                server
                    .anonymous()
                    .post(
                        "/register",
                        "{'username':'bob','password':'password','auth':{'type':'m.login.dummy'}}")
                    .status())
            .isGreaterThanOrEqualTo(500);
        assertThat(await(server.homeserver().failure())).contains("taken over");
      } finally {
        await(second.close());
      }
    }
  }

  @Test
  void verifyAndRebuild_afterTraffic_findNoProblem() {
    TestServer server = new TestServer();
    traffic(server);
    server.stop();
    HomeserverOperations operations = new HomeserverOperations();

    LogReport verified =
        await(operations.verifyLog(server.vertx(), server.effectiveSettings(), (done, of) -> {}));
    LogReport rebuilt =
        await(operations.rebuildLog(server.vertx(), server.effectiveSettings(), (done, of) -> {}));

    assertThat(verified.problems()).isEmpty();
    assertThat(verified.counts()).containsEntry("rooms", 1L);
    assertThat(rebuilt.problems()).isEmpty();
    assertThat(rebuilt.counts().get("records")).isEqualTo(verified.counts().get("records"));
    server.close();
  }

  @Test
  void audit_ofATamperedEvent_namesIt() throws Exception {
    TestServer server = new TestServer();
    traffic(server);
    server.stop();
    List<Entry> entries = entries(server);
    SigningKey key = ServerKeys.signingKey(server.effectiveSettings().dataDir());
    server.close();
    LogAudit audit = new LogAudit("test", key.keyId(), key.verifier(), eventId -> null);

    entries.forEach(entry -> audit.check(tampered(entry)));

    assertThat(audit.problems())
        .singleElement()
        .asString()
        .contains("its content is not what was hashed");
  }

  private static void traffic(TestServer server) {
    Client alice = server.register("alice");
    Client bob = server.register("bob");
    String room =
        alice.post("/createRoom", "{'preset':'public_chat'}").ok().path("room_id").asText();
    String path = "/rooms/" + Client.encode(room);
    bob.post(path + "/join", "{}").ok();
    String event =
        bob.put(path + "/send/m.room.message/1", "{'msgtype':'m.text','body':'hello'}")
            .ok()
            .path("event_id")
            .asText();
    alice.put(path + "/send/m.room.message/1", "{'msgtype':'m.text','body':'tamper'}").ok();
    bob.put(path + "/redact/" + event + "/2", "{}").ok();
    bob.put("/profile/" + bob.userId() + "/displayname", "{'displayname':'Bob'}").ok();
    bob.post(path + "/leave", "{}").ok();
    letters(alice, bob);
  }

  /** Messages to devices of which some are received, some wait and some were for a device gone. */
  private static void letters(Client alice, Client bob) {
    Client tablet = bob.otherDevice();
    String since = "";
    for (int i = 0; i < 4; i++) {
      String message = "{'messages':{'" + bob.userId() + "':{'*':{'n':" + i + "}}}}";
      alice.put("/sendToDevice/m.test/" + i, message).ok();
      since = i < 3 ? bob.get("/sync" + since).ok().path("next_batch").asText() : since;
      since = since.startsWith("?") ? since : "?since=" + since;
    }
    tablet.post("/logout", "{}").ok();
  }

  private static List<Entry> entries(TestServer server) {
    Storage storage =
        await(
            Storage.open(
                server.vertx(),
                server.effectiveSettings(),
                InstantSource.system(),
                new SimpleMeterRegistry()));
    List<Entry> entries = await(storage.log().read(0, 1_000));
    await(storage.close());
    return entries;
  }

  private static Entry tampered(Entry entry) {
    if (!(entry.fact() instanceof RoomEvent event)
        || !"tamper".equals(event.pdu().contentText("body"))) {
      return entry;
    }
    ObjectNode json = event.pdu().json().deepCopy();
    json.withObjectProperty("content").put("body", "tampered");
    Pdu pdu = Pdu.parse(event.pdu().version(), json).orThrow();
    return new Entry(
        entry.position(),
        entry.recordedAt(),
        new RoomEvent(pdu, event.transaction(), event.redacts(), event.replaces(), event.erased()));
  }
}
