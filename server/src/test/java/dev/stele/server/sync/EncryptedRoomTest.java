package dev.stele.server.sync;

import static dev.stele.server.sync.Follower.in;
import static dev.stele.server.sync.Follower.joined;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.google.errorprone.annotations.CanIgnoreReturnValue;
import dev.stele.server.testing.TestServer.Client;
import org.junit.jupiter.api.Test;

/**
 * Rooms whose messages the server cannot read: it passes them through as they are, and tells what
 * can be told without reading. Client-server API, "End-to-End Encryption".
 */
final class EncryptedRoomTest extends Meeting {
  private static final String MEGOLM = "m.megolm.v1.aes-sha2";
  private static final String ENCRYPTED = "m.room.encrypted";
  private static final String CONTENT =
      "'algorithm':'"
          + MEGOLM
          + "','ciphertext':'AwgAEnACgAkLmt6qF84IK++J7UDH2Za1YVchHyprqTqsg','device_id':'D',"
          + "'sender_key':'IlRMeOPX2e0MurIyfWEucYBRVOEEUMrOHqn/8mLqMjA','session_id':'S',"
          + "'org.example':{'shared_history':true,'n':[1,null,'x']}";

  /** Alice and Bob are in an encrypted room, and Bob follows it. */
  @Override
  String newRoom() {
    return alice.createRoom(
        "{'preset':'public_chat','initial_state':[{'type':'m.room.encryption',"
            + "'state_key':'','content':{'algorithm':'"
            + MEGOLM
            + "','rotation_period_ms':604800000,'rotation_period_msgs':100}}]}");
  }

  @CanIgnoreReturnValue
  private String send(String more) {
    return alice.send(room, ENCRYPTED, "{" + CONTENT + more + "}");
  }

  private static String relation(String type, String event) {
    return ",'m.relates_to':{'rel_type':'" + type + "','event_id':'" + event + "'}";
  }

  private static String unread(JsonNode answer, String room) {
    JsonNode counts = joined(answer, room).path("unread_notifications");
    return counts.path("notification_count") + "/" + counts.path("highlight_count");
  }

  @Test
  void encryption_isStateLikeAllOther_andSetByAdministratorsOnly() {
    JsonNode state = bob.client().get(in(room) + "/state/m.room.encryption/").ok();

    assertThat(state.path("algorithm").asText()).isEqualTo(MEGOLM);
    assertThat(state.path("rotation_period_msgs").intValue()).isEqualTo(100);
    JsonNode one = bob.anew().filtered("{'room':{'timeline':{'limit':1}}}");
    assertThat(Follower.state(joined(one, room))).contains("m.room.encryption|");
    assertThat(
            bob.client()
                .put(in(room) + "/state/m.room.encryption/", "{'algorithm':'org.example'}")
                .error())
        .isEqualTo("403 M_FORBIDDEN");
  }

  @Test
  void encryption_isToldInTheSummary() {
    String path = "/_matrix/client/v1/room_summary/" + Client.encode(room);
    String hierarchy = "/_matrix/client/v1" + in(room) + "/hierarchy";

    assertThat(server.anonymous().get(path).ok().path("encryption").asText()).isEqualTo(MEGOLM);
    assertThat(bob.client().get(hierarchy).ok().path("rooms").path(0).path("encryption").asText())
        .isEqualTo(MEGOLM);
  }

  @Test
  void event_passesThroughAsItIs_everywhere() throws Exception {
    String event = send("");
    JsonNode told = joined(bob.sync(), room).path("timeline").path("events").path(0);
    JsonNode one = bob.client().get(in(room) + "/event/" + event).ok();
    JsonNode page = bob.client().get(in(room) + "/messages?dir=b&limit=1").ok();
    JsonNode near = bob.client().get(in(room) + "/context/" + event).ok();

    assertThat(told.path("type").asText()).isEqualTo(ENCRYPTED);
    assertThat(told.path("content"))
        .isEqualTo(new JsonMapper().readTree("{" + CONTENT.replace('\'', '"') + "}"));
    assertThat(one.path("content")).isEqualTo(told.path("content"));
    assertThat(page.path("chunk").path(0).path("content")).isEqualTo(told.path("content"));
    assertThat(near.path("event").path("content")).isEqualTo(told.path("content"));
  }

  @Test
  void event_redacted_keepsNothing() {
    String event = send("");
    alice.client().put(in(room) + "/redact/" + event + "/1", "{}").ok();

    assertThat(bob.client().get(in(room) + "/event/" + event).ok().path("content")).isEmpty();
  }

  @Test
  void event_betweenTwo_notifiesWithASound() {
    send("");

    assertThat(unread(bob.sync(), room)).isEqualTo("1/0");
    JsonNode notifications = bob.client().get("/notifications").ok().path("notifications");
    assertThat(notifications.path(0).path("actions").toString()).contains("notify", "sound");
  }

  @Test
  void event_amongMore_notifiesWithout_unlessTheRuleIsOff() {
    Follower carol = person("carol");
    carol.join(room);
    bob.sync();
    bob.client()
        .put("/pushrules/global/underride/.m.rule.encrypted/enabled", "{'enabled':false}")
        .ok();
    send("");

    assertThat(unread(carol.sync(), room)).isEqualTo("1/0");
    JsonNode notifications = carol.client().get("/notifications").ok().path("notifications");
    assertThat(notifications.path(0).path("actions").toString())
        .contains("notify")
        .doesNotContain("sound");
    assertThat(unread(bob.sync(), room)).isEqualTo("0/0");
  }

  @Test
  void edit_relatedInTheClear_doesNotNotify_andIsBundled() {
    String event = send("");
    bob.receipt(room, "m.read", event);
    String edit = send(relation("m.replace", event));

    assertThat(unread(bob.sync(), room)).isEqualTo("0/0");
    JsonNode shown = bob.client().get(in(room) + "/event/" + event).ok();
    JsonNode replaced = shown.path("unsigned").path("m.relations").path("m.replace");
    assertThat(replaced.path("event_id").asText()).isEqualTo(edit);
    assertThat(shown.path("content").has("m.relates_to")).isFalse();
    assertThat(replaced.path("content").path("m.relates_to").path("event_id").asText())
        .isEqualTo(event);
  }

  @Test
  void thread_relatedInTheClear_isOne() {
    String root = send("");
    String reply = send(relation("m.thread", root));

    JsonNode threads =
        bob.client().get("/_matrix/client/v1" + in(room) + "/threads").ok().path("chunk");
    JsonNode relations =
        bob.client()
            .get("/_matrix/client/v1" + in(room) + "/relations/" + root + "/m.thread/" + ENCRYPTED)
            .ok()
            .path("chunk");
    JsonNode counts =
        joined(bob.filtered("{'room':{'timeline':{'unread_thread_notifications':true}}}"), room);

    assertThat(threads).hasSize(1);
    assertThat(threads.path(0).path("unsigned").path("m.relations").path("m.thread").path("count"))
        .hasToString("1");
    assertThat(relations.path(0).path("event_id").asText()).isEqualTo(reply);
    assertThat(
            counts
                .path("unread_thread_notifications")
                .path(root)
                .path("notification_count")
                .intValue())
        .isEqualTo(1);
  }

  @Test
  void event_isNotFoundByItsText() {
    send(",'body':'ciphertextual'");

    JsonNode found =
        bob.client()
            .post(
                "/search", "{'search_categories':{'room_events':{'search_term':'ciphertextual'}}}")
            .ok();

    assertThat(found.path("search_categories").path("room_events").path("results")).isEmpty();
  }

  @Test
  void roomKeys_andKeyBundles_passThroughToDevices() {
    String content =
        "{'algorithm':'m.olm.v1.curve25519-aes-sha2','sender_key':'K','ciphertext':{'K':{'type':0,"
            + "'body':'AwogGJJzMhf/S3GQFXAOrCZ3iKyGU5ZScVtjI0KypTYrW'}},"
            + "'org.matrix.msgid':'1','shared_history':true,'withheld':[{'code':'m.unverified'}]}";
    alice
        .client()
        .put(
            "/sendToDevice/" + ENCRYPTED + "/1",
            "{'messages':{'" + bob.id() + "':{'*':" + content + "}}}")
        .ok();

    JsonNode message = bob.sync().path("to_device").path("events").path(0);

    assertThat(message.path("type").asText()).isEqualTo(ENCRYPTED);
    assertThat(message.path("sender").asText()).isEqualTo(alice.id());
    assertThat(message.path("content")).hasToString(content.replace('\'', '"'));
  }
}
