package dev.stele.server.client;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.stele.server.client.JsSdk.Pending;
import dev.stele.server.client.TrixnityTrust.Comparison;
import dev.stele.server.testing.TestServer;
import dev.stele.server.testing.TestServer.Client;
import net.folivo.trixnity.core.model.RoomId;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * Private conversations between clients of two families, each with an encryption of its own:
 * Trixnity with libolm, and matrix-js-sdk with the Rust crypto. People move from one to the other
 * and take their history with them.
 */
final class TwoFamiliesTest {
  private static final String PASSWORD = "password";

  private static TestServer server;
  private static JsSdk node;

  @BeforeAll
  static void start() throws Exception {
    server = new TestServer();
    node = new JsSdk(server.url());
  }

  @AfterAll
  static void stop() {
    node.close();
    server.close();
  }

  @Test
  void account_securedByMatrixJsSdk_movesToTrixnity_withItsHistory() {
    Client anna = server.register("anna");
    Client bert = server.register("bert");
    RoomId room = privateRoom(anna, bert);
    JsSdk.Device phone = node.logIn("anna", PASSWORD, "anna's phone");
    Talk talk = new Talk(room, anna, bert);
    talk.isJoinedBy(phone);
    try (PrivateTrixnity berts = PrivateTrixnity.logIn(server.url(), "bert", PASSWORD)) {
      talk.isJoinedBy(berts);
      talk.between(phone, berts);
      phone.call("secure", "a passphrase");
      try (PrivateTrixnity laptop = PrivateTrixnity.logIn(server.url(), "anna", PASSWORD)) {
        talk.isJoinedBy(laptop);
        compareByWishOf(laptop, phone, talk);
        talk.awaitBackup(anna);
        talk.isReadBy(laptop);
        talk.between(phone, laptop);
        talk.isLeftBy(laptop);
      }
      talk.awaitBackup(anna);
      phone.call("stop");
      anna.post("/logout/all", "{}").ok();
      try (PrivateTrixnity anew = PrivateTrixnity.logIn(server.url(), "anna", PASSWORD)) {
        talk.isDoneBy(server.login(anna.userId(), "'device_id':'PLAIN'"));
        anew.trust().recover("a passphrase");
        anew.trust().isTrusted(talk.changeOf(anew));
        talk.isReadBy(anew);
      }
    }
    talk.assertUnreadableForTheServer(bert);
  }

  @Test
  void account_securedByTrixnity_movesToMatrixJsSdk_withItsHistory() {
    Client carl = server.register("carl");
    Client dora = server.register("dora");
    RoomId room = privateRoom(carl, dora);
    JsSdk.Device doras = node.logIn("dora", PASSWORD, "dora's phone");
    Talk talk = new Talk(room, carl, dora);
    talk.isJoinedBy(doras);
    try (PrivateTrixnity phone = PrivateTrixnity.logIn(server.url(), "carl", PASSWORD)) {
      talk.isJoinedBy(phone);
      talk.between(doras, phone);
      String recoveryKey = phone.trust().secure();
      JsSdk.Device laptop = node.logIn("carl", PASSWORD, "carl's laptop");
      talk.isJoinedBy(laptop);
      compareByWishOf(laptop, phone, talk);
      talk.awaitBackup(carl);
      // Trixnity drops requests for the key of the backup that come before it has taken notice that
      // the other client is verified, and matrix-js-sdk asks at once, and once: it may get none.
      node.writeDown("carl", recoveryKey);
      laptop.call("recover");
      talk.isReadBy(laptop);
      talk.between(laptop, phone);
      talk.awaitBackup(carl);
      laptop.call("stop");
    }
    carl.post("/logout/all", "{}").ok();
    JsSdk.Device anew = node.logIn("carl", PASSWORD, "carl's new phone");
    anew.call("recover");
    talk.isReadBy(anew);
    talk.assertUnreadableForTheServer(dora);
  }

  /** A Trixnity client asks one of matrix-js-sdk of the same person to compare numbers. */
  private static void compareByWishOf(PrivateTrixnity trixnity, JsSdk.Device device, Talk talk) {
    device.knows(trixnity, talk.changeOf(trixnity));
    Comparison comparison = trixnity.trust().ask();
    Pending shown = device.later("showNumbers");
    comparison.start();
    confirm(comparison, shown, device);
    trixnity.trust().isTrusted(talk.changeOf(trixnity));
  }

  /** The other way round. */
  private static void compareByWishOf(JsSdk.Device device, PrivateTrixnity trixnity, Talk talk) {
    trixnity.knows(device, talk.changeOf(device));
    device.knows(trixnity, talk.changeOf(trixnity));
    Pending shown = device.later("askForNumbers");
    Comparison comparison = trixnity.trust().agree();
    comparison.accept();
    confirm(comparison, shown, device);
    device.call("isTrusted");
  }

  private static void confirm(Comparison comparison, Pending shown, JsSdk.Device device) {
    assertThat(shown.await()).map(JsonNode::asInt).isEqualTo(comparison.numbers());
    Pending confirmed = device.later("confirmNumbers");
    comparison.confirm();
    confirmed.await();
  }

  private static RoomId privateRoom(Client by, Client with) {
    String encryption =
        "{'type':'m.room.encryption','state_key':'',"
            + "'content':{'algorithm':'m.megolm.v1.aes-sha2'}}";
    String room =
        by.post(
                "/createRoom",
                "{'preset':'private_chat','invite':['%s'],'initial_state':[%s]}"
                    .formatted(with.userId(), encryption))
            .ok()
            .path("room_id")
            .asText();
    with.post("/join/" + Client.encode(room), "{}").ok();
    return new RoomId(room);
  }
}
