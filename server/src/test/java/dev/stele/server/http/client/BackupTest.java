package dev.stele.server.http.client;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.google.errorprone.annotations.CanIgnoreReturnValue;
import dev.stele.api.Limits;
import dev.stele.server.testing.TestServer;
import dev.stele.server.testing.TestServer.Answer;
import dev.stele.server.testing.TestServer.Client;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class BackupTest {
  private static final String BACKUP =
      "{'algorithm':'m.megolm_backup.v1.curve25519-aes-sha2','auth_data':{'public_key':'abc'}}";

  private static TestServer server;

  @BeforeAll
  static void start() {
    server = new TestServer();
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  @Test
  void version_ofANewBackup_isDescribed() {
    Client alice = server.register("creator");
    assertThat(alice.get("/room_keys/version").error()).isEqualTo("404 M_NOT_FOUND");

    String first = create(alice);
    String second = create(alice);

    assertThat(second).isNotEqualTo(first);
    JsonNode current = alice.get("/room_keys/version").ok();
    assertThat(current.path("version").asText()).isEqualTo(second);
    assertThat(current.path("algorithm").asText())
        .isEqualTo("m.megolm_backup.v1.curve25519-aes-sha2");
    assertThat(current.at("/auth_data/public_key").asText()).isEqualTo("abc");
    assertThat(current.path("count").asLong()).isZero();
    assertThat(current.path("etag").isTextual()).isTrue();
    assertThat(alice.get("/room_keys/version/" + first).ok().path("version").asText())
        .isEqualTo(first);
  }

  @Test
  void version_changedOrDeleted_followsTheRules() {
    Client alice = server.register("changer");
    String version = create(alice);
    String path = "/room_keys/version/" + version;

    alice.put(path, BACKUP.replace("abc", "def")).ok();
    assertThat(alice.get(path).ok().at("/auth_data/public_key").asText()).isEqualTo("def");
    assertThat(alice.put(path, BACKUP.replace("sha2", "sha3")).error())
        .isEqualTo("400 M_INVALID_PARAM");
    assertThat(alice.put(path, BACKUP.replace("'auth_data'", "'version':'99','auth_data'")).error())
        .isEqualTo("400 M_INVALID_PARAM");
    assertThat(alice.put("/room_keys/version/99", BACKUP).error()).isEqualTo("404 M_NOT_FOUND");

    alice.request("DELETE", path).ok();
    alice.request("DELETE", path).ok();
    assertThat(alice.request("DELETE", "/room_keys/version/99").error())
        .isEqualTo("404 M_NOT_FOUND");
    assertThat(alice.get(path).error()).isEqualTo("404 M_NOT_FOUND");
    assertThat(alice.get("/room_keys/version").error()).isEqualTo("404 M_NOT_FOUND");
    assertThat(alice.put(path, BACKUP).error()).isEqualTo("404 M_NOT_FOUND");
    assertThat(create(alice)).isNotEqualTo(version);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{}",
        "{'algorithm':'a'}",
        "{'auth_data':{}}",
        "{'algorithm':1,'auth_data':{}}",
        "{'algorithm':'a','auth_data':[]}",
        "{'algorithm':'','auth_data':{}}"
      })
  void version_malformed_isRefused(String request) {
    Client alice = server.register("malformed" + Integer.toUnsignedString(request.hashCode()));

    assertThat(alice.post("/room_keys/version", request).status()).isEqualTo(400);
    assertThat(alice.get("/room_keys/version").error()).isEqualTo("404 M_NOT_FOUND");
  }

  @Test
  void keys_stored_areReadBackInEveryWay() {
    Client alice = server.register("storer");
    String version = "?version=" + create(alice);
    String keys =
        "{'rooms':{'!a:hs':{'sessions':{'s1':"
            + key(0, 0, true, "x")
            + ",'s2':"
            + key(1, 0, true, "y")
            + "}},'!b:hs':{'sessions':{'s1':"
            + key(2, 3, false, "z")
            + "}}}}";

    JsonNode stored = alice.put("/room_keys/keys" + version, keys).ok();

    assertThat(stored.path("count").asLong()).isEqualTo(3);
    assertThat(alice.get("/room_keys/version").ok().path("etag")).isEqualTo(stored.path("etag"));
    assertThat(alice.get("/room_keys/version").ok().path("count").asLong()).isEqualTo(3);
    assertThat(alice.get("/room_keys/keys" + version).ok()).hasToString(keys.replace('\'', '"'));
    assertThat(alice.get("/room_keys/keys/!b:hs" + version).ok())
        .hasToString(("{'sessions':{'s1':" + key(2, 3, false, "z") + "}}").replace('\'', '"'));
    assertThat(alice.get("/room_keys/keys/!a:hs/s2" + version).ok())
        .hasToString(key(1, 0, true, "y").replace('\'', '"'));
    assertThat(alice.get("/room_keys/keys/!c:hs" + version).ok()).hasToString("{\"sessions\":{}}");
    assertThat(alice.get("/room_keys/keys/!a:hs/s3" + version).error())
        .isEqualTo("404 M_NOT_FOUND");
  }

  @Test
  void keys_ofAnEmptyBackup_areAnEmptyObject() {
    Client alice = server.register("empty");
    String version = "?version=" + create(alice);

    assertThat(alice.get("/room_keys/keys" + version).ok()).hasToString("{\"rooms\":{}}");
    JsonNode stored = alice.put("/room_keys/keys" + version, "{'rooms':{}}").ok();
    assertThat(stored.path("count").asLong()).isZero();
  }

  @ParameterizedTest
  @CsvSource({
    "5, 5, false, 9, 9, true, new",
    "5, 5, true, 0, 0, false, old",
    "5, 5, true, 4, 9, true, new",
    "5, 5, false, 6, 0, false, old",
    "5, 5, true, 5, 4, true, new",
    "5, 5, true, 5, 6, true, old",
    "5, 5, true, 5, 5, true, old"
  })
  void keys_twiceForASession_theBetterOneStays(
      int oldIndex,
      int oldCount,
      boolean oldVerified,
      int newIndex,
      int newCount,
      boolean newVerified,
      String winner) {
    Client alice =
        server.register(
            String.join(
                "-", "w", "" + oldVerified, "" + newIndex, "" + newCount, "" + newVerified));
    String path = "/room_keys/keys/!a:hs/s?version=" + create(alice);
    JsonNode before = alice.put(path, key(oldIndex, oldCount, oldVerified, "old")).ok();

    JsonNode after = alice.put(path, key(newIndex, newCount, newVerified, "new")).ok();

    assertThat(alice.get(path).ok().at("/session_data/ciphertext").asText()).isEqualTo(winner);
    assertThat(after.path("count").asLong()).isEqualTo(1);
    assertThat(after.path("etag").equals(before.path("etag"))).isEqualTo(winner.equals("old"));
  }

  @Test
  void keys_thousandsAtOnce_areStoredAndReadBack() {
    Client alice = server.register("bulk");
    String version = "?version=" + create(alice);
    for (int batch = 0; batch < 3; batch++) {
      String room = "!r" + batch + ":hs";
      String sessions =
          IntStream.range(0, 3_000)
              .mapToObj(i -> "'s" + i + "':" + key(i, 0, true, "c" + i))
              .collect(Collectors.joining(","));
      alice
          .put(
              "/room_keys/keys" + version,
              "{'rooms':{'" + room + "':{'sessions':{" + sessions + "}}}}")
          .ok();
    }

    JsonNode all = alice.get("/room_keys/keys" + version).ok();

    assertThat(all.path("rooms")).hasSize(3);
    for (JsonNode room : all.path("rooms")) {
      assertThat(room.path("sessions")).hasSize(3_000);
    }
    assertThat(all.at("/rooms/!r2:hs/sessions/s2999/session_data/ciphertext").asText())
        .isEqualTo("c2999");
    assertThat(alice.get("/room_keys/keys/!r1:hs" + version).ok().path("sessions")).hasSize(3_000);
    assertThat(alice.get("/room_keys/version").ok().path("count").asLong()).isEqualTo(9_000);
  }

  @Test
  void keys_deleted_areGoneAndCounted() {
    Client alice = server.register("deleter");
    String version = "?version=" + create(alice);
    JsonNode stored =
        alice
            .put(
                "/room_keys/keys" + version,
                "{'rooms':{'!a:hs':{'sessions':{'s1':"
                    + key(0, 0, true, "x")
                    + ",'s2':"
                    + key(0, 0, true, "x")
                    + "}},'!b:hs':{'sessions':{'s1':"
                    + key(0, 0, true, "x")
                    + "}}}}")
            .ok();

    JsonNode one = alice.request("DELETE", "/room_keys/keys/!a:hs/s1" + version).ok();
    assertThat(one.path("count").asLong()).isEqualTo(2);
    assertThat(one.path("etag")).isNotEqualTo(stored.path("etag"));
    JsonNode again = alice.request("DELETE", "/room_keys/keys/!a:hs/s1" + version).ok();
    assertThat(again).isEqualTo(one);
    assertThat(
            alice.request("DELETE", "/room_keys/keys/!a:hs" + version).ok().path("count").asLong())
        .isEqualTo(1);
    assertThat(alice.request("DELETE", "/room_keys/keys" + version).ok().path("count").asLong())
        .isZero();
    assertThat(alice.get("/room_keys/keys" + version).ok()).hasToString("{\"rooms\":{}}");
  }

  @Test
  void keys_forAnotherThanTheCurrentVersion_areRefused() {
    Client alice = server.register("outdated");
    String path = "/room_keys/keys/!a:hs/s?version=";
    assertThat(alice.put(path + "1", key(0, 0, true, "x")).error()).isEqualTo("404 M_NOT_FOUND");
    String old = create(alice);
    alice.put(path + old, key(0, 0, true, "old")).ok();
    String current = create(alice);

    Answer refused = alice.put(path + old, key(0, 0, true, "x"));

    assertThat(refused.error()).isEqualTo("403 M_WRONG_ROOM_KEYS_VERSION");
    assertThat(refused.json().path("current_version").asText()).isEqualTo(current);
    assertThat(alice.put(path + "none", key(0, 0, true, "x")).error())
        .isEqualTo("403 M_WRONG_ROOM_KEYS_VERSION");
    assertThat(alice.get(path + old).ok().at("/session_data/ciphertext").asText()).isEqualTo("old");
    assertThat(alice.get(path + current).error()).isEqualTo("404 M_NOT_FOUND");
  }

  @Test
  void keys_ofUnknownOrDeletedBackups_areNotFound() {
    Client alice = server.register("lost");
    String deleted = create(alice);
    alice.put("/room_keys/keys/!a:hs/s?version=" + deleted, key(0, 0, true, "x")).ok();
    alice.request("DELETE", "/room_keys/version/" + deleted).ok();

    for (String version : new String[] {deleted, "99", "x", "-1", "01", "9".repeat(30)}) {
      for (String path : new String[] {"", "/!a:hs", "/!a:hs/s"}) {
        String whole = "/room_keys/keys" + path + "?version=" + version;
        assertThat(alice.get(whole).error()).as(whole).isEqualTo("404 M_NOT_FOUND");
        assertThat(alice.request("DELETE", whole).error()).as(whole).isEqualTo("404 M_NOT_FOUND");
      }
    }
    assertThat(alice.get("/room_keys/keys").error()).isEqualTo("400 M_MISSING_PARAM");
    assertThat(alice.put("/room_keys/keys", "{'rooms':{}}").error())
        .isEqualTo("400 M_MISSING_PARAM");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{}",
        "{'rooms':[]}",
        "{'rooms':{'!a:hs':1}}",
        "{'rooms':{'!a:hs':{}}}",
        "{'rooms':{'#a:hs':{'sessions':{}}}}",
        "{'rooms':{'!a:hs':{'sessions':{'s':{}}}}}",
        "{'rooms':{'!a:hs':{'sessions':{'s':[]}}}}",
        "{'rooms':{'!a:hs':{'sessions':{'':KEY}}}}",
        "{'rooms':{'!a:hs':{'sessions':{'s\\u0000':KEY}}}}",
        "{'rooms':{'!a:hs':{'sessions':{'s':{'first_message_index':-1,'forwarded_count':0,"
            + "'is_verified':true,'session_data':{}}}}}}",
        "{'rooms':{'!a:hs':{'sessions':{'s':{'first_message_index':0,'forwarded_count':0.5,"
            + "'is_verified':true,'session_data':{}}}}}}",
        "{'rooms':{'!a:hs':{'sessions':{'s':{'first_message_index':0,'forwarded_count':0,"
            + "'is_verified':'yes','session_data':{}}}}}}",
        "{'rooms':{'!a:hs':{'sessions':{'s':{'first_message_index':0,'forwarded_count':0,"
            + "'is_verified':true,'session_data':'x'}}}}}"
      })
  void keys_malformed_areRefusedAndNothingIsStored(String keys) {
    Client alice = server.register("bad" + Integer.toUnsignedString(keys.hashCode()));
    String version = "?version=" + create(alice);

    Answer refused =
        alice.put("/room_keys/keys" + version, keys.replace("KEY", key(0, 0, true, "x")));

    assertThat(refused.status()).isEqualTo(400);
    assertThat(alice.get("/room_keys/version").ok().path("count").asLong()).isZero();
  }

  @Test
  void backups_ofOthers_areNotThere() {
    Client alice = server.register("owner");
    String version = create(alice);
    alice.put("/room_keys/keys/!a:hs/s?version=" + version, key(0, 0, true, "x")).ok();
    Client mallory = server.register("mallory");

    assertThat(mallory.get("/room_keys/version/" + version).error()).isEqualTo("404 M_NOT_FOUND");
    assertThat(mallory.get("/room_keys/keys?version=" + version).error())
        .isEqualTo("404 M_NOT_FOUND");
    assertThat(mallory.get("/room_keys/keys/!a:hs/s?version=" + version).error())
        .isEqualTo("404 M_NOT_FOUND");
    assertThat(mallory.request("DELETE", "/room_keys/version/" + version).error())
        .isEqualTo("404 M_NOT_FOUND");
    assertThat(server.anonymous().get("/room_keys/version").error())
        .isEqualTo("401 M_MISSING_TOKEN");
    assertThat(alice.get("/room_keys/keys/!a:hs/s?version=" + version).status()).isEqualTo(200);
  }

  @Test
  void versions_tooMany_areRefused() {
    Client alice = server.register("hoarder");
    for (int i = 0; i < 100; i++) {
      create(alice);
    }

    assertThat(alice.post("/room_keys/version", BACKUP).error())
        .isEqualTo("403 M_RESOURCE_LIMIT_EXCEEDED");
    alice.request("DELETE", "/room_keys/version/1").ok();
    create(alice);
  }

  @Test
  void keys_tooMany_areRefused_andOthersAreKeptCurrent() {
    Client alice = server.register("collector");
    String version = create(alice);
    assertThat(store(alice, version, "known", 5).status()).isEqualTo(200);
    server.sql(
        "UPDATE projection.backup SET key_count = "
            + (Limits.MAX_BACKUP_KEYS - 1)
            + " WHERE user_id = '@collector:test'");

    assertThat(store(alice, version, "last", 5).status()).isEqualTo(200);
    Answer refused = store(alice, version, "tooMuch", 5);
    assertThat(refused.error()).isEqualTo("403 M_RESOURCE_LIMIT_EXCEEDED");
    assertThat(alice.get("/room_keys/keys/!a:hs/tooMuch?version=" + version).error())
        .isEqualTo("404 M_NOT_FOUND");
    assertThat(store(alice, version, "known", 1).status()).isEqualTo(200);
    assertThat(
            alice
                .get("/room_keys/keys/!a:hs/known?version=" + version)
                .ok()
                .path("first_message_index")
                .asInt())
        .isEqualTo(1);
    alice.request("DELETE", "/room_keys/keys/!a:hs/last?version=" + version).ok();
    assertThat(store(alice, version, "tooMuch", 5).status()).isEqualTo(200);
  }

  private static Answer store(Client client, String version, String session, int index) {
    return client.put(
        "/room_keys/keys/!a:hs/" + session + "?version=" + version,
        "{'first_message_index':"
            + index
            + ",'forwarded_count':0,'is_verified':true,'session_data':{}}");
  }

  @CanIgnoreReturnValue
  private static String create(Client client) {
    return client.post("/room_keys/version", BACKUP).ok().path("version").asText();
  }

  private static String key(int index, int count, boolean verified, String ciphertext) {
    return "{'first_message_index':"
        + index
        + ",'forwarded_count':"
        + count
        + ",'is_verified':"
        + verified
        + ",'session_data':{'ephemeral':'e','ciphertext':'"
        + ciphertext
        + "','mac':'m'}}";
  }
}
