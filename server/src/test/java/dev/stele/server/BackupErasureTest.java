package dev.stele.server;

import static dev.stele.server.http.TestEdge.await;
import static org.assertj.core.api.Assertions.assertThat;

import dev.stele.server.testing.TestServer;
import dev.stele.server.testing.TestServer.Client;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Keys that were deleted from backups are not in the log any more, and others are. */
final class BackupErasureTest {
  private TestServer server;
  private Client alice;

  @BeforeEach
  void start() {
    server = new TestServer();
    alice = server.register("alice");
  }

  @AfterEach
  void stop() {
    server.close();
  }

  @Test
  void deletedBackup_isErased_andStaysDeletedAfterARebuild() {
    String old = create("old auth");
    store(old, "one", "old one");
    store(old, "two", "old two");
    alice.put("/room_keys/version/" + old, backup("old other auth")).ok();
    String current = create("current auth");
    store(current, "one", "current one");
    assertThat(contents()).contains("old auth", "old one", "old two", "old other auth");

    alice.request("DELETE", "/room_keys/version/" + old).ok();

    check(old, current);
    rebuild();
    check(old, current);
  }

  private void check(String old, String current) {
    assertThat(contents()).doesNotContain("old ").contains("current auth", "current one");
    assertThat(alice.get("/room_keys/version/" + old).error()).isEqualTo("404 M_NOT_FOUND");
    assertThat(alice.get("/room_keys/keys?version=" + old).error()).isEqualTo("404 M_NOT_FOUND");
    assertThat(keys(current)).contains("current one");
  }

  @Test
  void keysOfABackup_thatAreAllDeleted_areErased_andLaterOnesAreNot() {
    String version = create("the auth");
    store(version, "one", "gone key");
    alice.request("DELETE", "/room_keys/keys?version=" + version).ok();
    store(version, "two", "kept key");
    String etag = alice.get("/room_keys/version").ok().path("etag").asText();

    assertThat(contents()).doesNotContain("gone key").contains("the auth", "kept key");
    assertThat(keys(version)).doesNotContain("gone key").contains("kept key");
    rebuild();
    assertThat(contents()).contains("the auth", "kept key");
    assertThat(keys(version)).doesNotContain("gone key").contains("kept key");
    assertThat(alice.get("/room_keys/version").ok().path("etag").asText()).isEqualTo(etag);
    assertThat(alice.get("/room_keys/version").ok().path("count").asInt()).isEqualTo(1);
  }

  private String create(String auth) {
    return alice.post("/room_keys/version", backup(auth)).ok().path("version").asText();
  }

  private static String backup(String auth) {
    return "{'algorithm':'m.megolm_backup.v1.curve25519-aes-sha2','auth_data':{'public_key':'"
        + auth
        + "'}}";
  }

  private void store(String version, String session, String key) {
    alice
        .put(
            "/room_keys/keys/!r:test/" + session + "?version=" + version,
            "{'first_message_index':1,'forwarded_count':0,'is_verified':true,"
                + "'session_data':{'ciphertext':'"
                + key
                + "'}}")
        .ok();
  }

  private String keys(String version) {
    return alice.get("/room_keys/keys?version=" + version).ok().toString();
  }

  /** The content of all records of the log. */
  private String contents() {
    return server
        .sql("SELECT string_agg(content, ' ') AS contents FROM log.record")
        .iterator()
        .next()
        .getString("contents");
  }

  /** Folds the whole log anew, as an operator does. */
  private void rebuild() {
    server.stop();
    List<String> problems =
        await(
                new HomeserverOperations()
                    .rebuildLog(server.vertx(), server.effectiveSettings(), (done, of) -> {}))
            .problems();
    assertThat(problems).isEmpty();
    server.start();
  }
}
