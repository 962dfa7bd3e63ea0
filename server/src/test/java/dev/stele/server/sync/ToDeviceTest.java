package dev.stele.server.sync;

import static dev.stele.server.sync.Letters.letters;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.stele.server.testing.TestServer;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Messages to devices, as /sync delivers them. */
final class ToDeviceTest {
  private static TestServer server;
  private static int users;

  private Letters alice;
  private Letters bob;

  @BeforeAll
  static void start() {
    server = new TestServer();
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  @BeforeEach
  void meet() {
    users++;
    alice = new Letters(Follower.register(server, "alice" + users));
    bob = new Letters(Follower.register(server, "bob" + users));
  }

  @Test
  void message_toOneDevice_reachesItAlone_inOrder() {
    Letters tablet = bob.otherDevice();
    alice.send(bob, "one");
    alice.send(bob, "two");
    alice.send(tablet, "three");

    JsonNode answer = bob.follower().sync();

    assertThat(letters(answer)).containsExactly("one", "two");
    JsonNode first = answer.path("to_device").path("events").path(0);
    assertThat(first.path("sender").asText()).isEqualTo(alice.follower().id());
    assertThat(first.path("type").asText()).isEqualTo("m.test");
    assertThat(first.size()).isEqualTo(3);
    assertThat(letters(tablet.follower().sync())).containsExactly("three");
    assertThat(alice.follower().sync().has("to_device")).isFalse();
  }

  @Test
  void message_toAllDevices_reachesEach_theSendersOwnToo() {
    Letters tablet = bob.otherDevice();
    Letters laptop = alice.otherDevice();
    alice
        .put(
            "{'"
                + bob.follower().id()
                + "':{'*':{'text':'all'},'"
                + tablet.device()
                + "':{'text':'you'}},'"
                + alice.follower().id()
                + "':{'*':{'text':'mine'}}}")
        .ok();

    assertThat(letters(bob.follower().sync())).containsExactly("all");
    assertThat(letters(tablet.follower().sync())).containsExactly("you");
    assertThat(letters(alice.follower().sync())).containsExactly("mine");
    assertThat(letters(laptop.follower().sync())).containsExactly("mine");
  }

  @Test
  void message_toWhoIsNotKnown_isIgnored() {
    alice
        .put(
            "{'"
                + bob.follower().id()
                + "':{'NEVER':{'text':'lost'}},'@nobody:test':{'*':{}},"
                + "'@carol:elsewhere.example':{'DEVICE':{'text':'far'}}}")
        .ok();

    assertThat(letters(bob.follower().sync())).isEmpty();
  }

  @Test
  void repeatedTransaction_isSentOnce_afterARestartToo() {
    bob.follower().sync();
    String body = bob.body("once");
    alice.put("1", body).ok();
    alice.put("1", body).ok();
    server.restart();
    alice.put("1", body).ok();
    alice.otherDevice().put("1", bob.body("another device")).ok();

    assertThat(letters(bob.follower().sync())).containsExactly("once", "another device");
  }

  @Test
  void sameToken_givesTheSameMessages_untilALaterOneIsUsed() {
    bob.follower().sync();
    alice.send(bob, "one");
    alice.send(bob, "two");
    Follower again = bob.follower().fork();
    Follower third = bob.follower().fork();

    assertThat(letters(bob.follower().sync())).containsExactly("one", "two");
    assertThat(letters(again.sync())).containsExactly("one", "two");
    server.restart();
    assertThat(letters(third.sync())).containsExactly("one", "two");
    assertThat(letters(bob.follower().sync())).isEmpty();
    assertThat(bob.waiting()).isEmpty();
  }

  @Test
  void initialSync_tellsWhatWaits_andProvesNothing() {
    alice.send(bob, "one");

    assertThat(letters(bob.follower().anew().sync())).containsExactly("one");
    assertThat(letters(bob.follower().anew().sync())).containsExactly("one");
  }

  @Test
  void tokenOfAnotherDevice_provesNothing() {
    Letters tablet = bob.otherDevice();
    alice.send(bob, "for the phone");
    alice.send(tablet, "for the tablet");
    tablet.follower().sync();

    JsonNode answer =
        bob.follower().client().get("/sync?timeout=0&since=" + tablet.follower().token()).ok();

    assertThat(letters(answer)).containsExactly("for the phone");
    assertThat(letters(bob.follower().sync())).containsExactly("for the phone");
  }

  @Test
  void waitingPoll_isWoken_andNoOtherUsers() {
    bob.follower().sync();
    CompletableFuture<JsonNode> poll = bob.follower().poll();

    alice.send(bob, "wake up");

    assertThat(letters(poll.join())).containsExactly("wake up");
    alice.send(bob, "and again");
    assertThat(letters(bob.follower().sync())).containsExactly("and again");
    assertThat(letters(bob.follower().sync())).isEmpty();
  }

  @Test
  void thousandMessages_toAClientThatWasAway_comeInPortionsWithoutWaiting() {
    bob.follower().sync();
    List<String> sent = new ArrayList<>();
    for (int i = 0; i < 1_000; i++) {
      sent.add("m" + i);
      alice.send(bob, "m" + i);
    }
    server.restart();

    List<String> got = new ArrayList<>();
    for (int i = 0; i < 10; i++) {
      List<String> portion = letters(bob.follower().pollNow(30_000).join());
      assertThat(portion).hasSize(100);
      got.addAll(portion);
    }

    assertThat(got).isEqualTo(sent);
    assertThat(letters(bob.follower().sync())).isEmpty();
    assertThat(bob.waiting()).isEmpty();
  }

  @Test
  void recentMessages_comeInPortionsAsWell() {
    bob.follower().sync();
    for (int i = 0; i < 150; i++) {
      alice.send(bob, "m" + i);
    }

    assertThat(letters(bob.follower().pollNow(30_000).join())).hasSize(100).endsWith("m99");
    assertThat(letters(bob.follower().pollNow(30_000).join())).hasSize(50).endsWith("m149");
  }

  @Test
  void loggedOutDevice_losesItsInbox() {
    String device = bob.device();
    alice.send(bob, "gone");
    bob.follower().client().post("/logout", "{}").ok();
    String login =
        "{'type':'m.login.password','identifier':{'type':'m.id.user','user':'"
            + bob.follower().id()
            + "'},'password':'password','device_id':'"
            + device
            + "'}";
    String token = server.anonymous().post("/login", login).ok().path("access_token").asText();
    var back = new TestServer.Client(server, bob.follower().id(), token);

    assertThat(letters(back.get("/sync").ok())).isEmpty();
  }

  @Test
  void wrongRequest_isRefused_andSendsNothing() {
    String path = "/sendToDevice/m.test/";
    String user = bob.follower().id();
    var client = alice.follower().client();

    assertThat(client.put(path + "1", "{}").error()).isEqualTo("400 M_MISSING_PARAM");
    assertThat(client.put(path + "2", "{'messages':[]}").error()).isEqualTo("400 M_BAD_JSON");
    assertThat(client.put(path + "3", "{'messages':{'bob':{'A':{}}}}").error())
        .isEqualTo("400 M_INVALID_PARAM");
    assertThat(client.put(path + "4", "{'messages':{'" + user + "':'A'}}").error())
        .isEqualTo("400 M_BAD_JSON");
    assertThat(client.put(path + "5", "{'messages':{'" + user + "':{'*':1}}}").error())
        .isEqualTo("400 M_BAD_JSON");
    assertThat(client.put(path + "6", bob.whole("x".repeat(66_000))).error())
        .isEqualTo("413 M_TOO_LARGE");
    assertThat(client.put(path + "7".repeat(256), bob.whole("long")).error())
        .isEqualTo("400 M_INVALID_PARAM");
    assertThat(client.put("/sendToDevice/" + "t".repeat(256) + "/8", bob.whole("long")).error())
        .isEqualTo("400 M_INVALID_PARAM");
    assertThat(server.anonymous().put(path + "9", bob.whole("who")).error())
        .isEqualTo("401 M_MISSING_TOKEN");
    assertThat(letters(bob.follower().sync())).isEmpty();
  }

  @Test
  void messageToTooManyDevices_isRefused() {
    StringBuilder devices = new StringBuilder();
    for (int i = 0; i <= 10_000; i++) {
      devices.append(i == 0 ? "'" : ",'").append("D").append(i).append("':{}");
    }

    assertThat(alice.put("{'" + bob.follower().id() + "':{" + devices + "}}").error())
        .isEqualTo("413 M_TOO_LARGE");
  }

  @Test
  void tokenThatLies_isRefused() {
    var client = bob.follower().client();
    bob.follower().sync();
    String token = bob.follower().token();
    String ahead = token.replaceAll("_d[0-9]+", "_d999999999");

    assertThat(ahead).isNotEqualTo(token);
    assertThat(client.get("/sync?since=" + ahead).error()).isEqualTo("400 M_INVALID_PARAM");
    assertThat(client.get("/sync?since=" + token + "x").error()).isEqualTo("400 M_INVALID_PARAM");
  }
}
