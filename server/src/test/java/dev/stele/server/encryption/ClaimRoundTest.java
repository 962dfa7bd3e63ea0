package dev.stele.server.encryption;

import static dev.stele.server.http.TestEdge.await;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.stele.server.encryption.KeyClaims.Handed;
import dev.stele.server.encryption.KeyClaims.Wanted;
import dev.stele.server.projection.EncryptionKeys;
import dev.stele.server.projection.EncryptionProjection;
import dev.stele.server.projection.FoldedLog;
import dev.stele.server.projection.KeyIds;
import dev.stele.server.record.Entry;
import dev.stele.server.record.Fact;
import dev.stele.server.record.KeysClaimed;
import dev.stele.server.record.KeysClaimed.ClaimedKey;
import dev.stele.server.record.OneTimeKeysUploaded;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.vertx.core.Future;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Claims over a real log, also by two who hand out the same keys. */
final class ClaimRoundTest {
  private static final String ALICE = "@alice:hs1";
  private static final Wanted WANTED = new Wanted(ALICE, "A", "x");

  private final EncryptionProjection fold = new EncryptionProjection();
  private FoldedLog folded;
  private EncryptionKeys keys;

  @BeforeEach
  void start() {
    folded = new FoldedLog(fold);
    keys = new EncryptionKeys(folded.projections(), fold, folded.pool());
  }

  @AfterEach
  void stop() {
    folded.close();
  }

  @Test
  void claim_ofKeysThatAreSpentAlready_passesThemOver() {
    folded.append(upload("A", 5));
    folded.append(spent("x:0"), spent("x:1"), spent("x:2"));
    KeyClaims claims = claims();

    assertThat(await(claims.claim(List.of(WANTED))).get(WANTED).keyId()).isEqualTo("x:3");
    assertThat(await(claims.claim(List.of(WANTED))).get(WANTED).keyId()).isEqualTo("x:4");
    assertThat(await(claims.claim(List.of(WANTED)))).isEmpty();
  }

  @Test
  void claims_ofTwoWritersAtOnce_neverHandOutOneKeyTwice() {
    folded.append(upload("A", 40));
    List<KeyClaims> writers = List.of(claims(), claims());
    List<Future<Map<Wanted, Handed>>> asked = new ArrayList<>();

    for (int i = 0; i < 60; i++) {
      asked.add(writers.get(i % 2).claim(List.of(WANTED)));
    }

    Set<String> seen = new HashSet<>();
    asked.forEach(
        answer ->
            await(answer).values().forEach(key -> assertThat(seen.add(key.keyId())).isTrue()));
    assertThat(seen).hasSize(40);
  }

  @Test
  void claim_thousandsOfDevices_takesAFewRounds() {
    List<Fact> uploads = new ArrayList<>();
    List<Wanted> wanted = new ArrayList<>();
    for (int i = 0; i < 2_500; i++) {
      uploads.add(upload("D" + i, 1));
      wanted.add(new Wanted(ALICE, "D" + i, "x"));
    }
    folded.append(uploads);
    long before = folded.log().committed();

    assertThat(await(claims().claim(wanted))).hasSize(2_500);

    List<Entry> records = await(folded.log().read(before, 100));
    assertThat(records).hasSize(3).allMatch(entry -> entry.fact() instanceof KeysClaimed);
  }

  private KeyClaims claims() {
    return new KeyClaims(folded.log(), keys, new SimpleMeterRegistry());
  }

  private static OneTimeKeysUploaded upload(String deviceId, int count) {
    ObjectNode uploaded = JsonNodeFactory.instance.objectNode();
    for (int i = 0; i < count; i++) {
      uploaded.put("x:" + i, "key of x:" + i);
    }
    return new OneTimeKeysUploaded(ALICE, deviceId, uploaded);
  }

  /** Says that a key was handed out, of another upload than the one that offers it. */
  private static KeysClaimed spent(String keyId) {
    String digest = KeyIds.digest(JsonNodeFactory.instance.textNode("key of " + keyId));
    return new KeysClaimed(ALICE, List.of(new ClaimedKey("A", keyId, 99, digest)));
  }
}
