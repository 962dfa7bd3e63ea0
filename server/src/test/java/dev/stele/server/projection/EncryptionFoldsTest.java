package dev.stele.server.projection;

import static dev.stele.server.http.TestEdge.await;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.stele.server.record.CrossSigningKeysUploaded;
import dev.stele.server.record.DeviceKeysUploaded;
import dev.stele.server.record.DevicesClosed;
import dev.stele.server.record.Entry;
import dev.stele.server.record.Fact;
import dev.stele.server.record.FallbackKeysUploaded;
import dev.stele.server.record.KeySignature;
import dev.stele.server.record.KeySignaturesUploaded;
import dev.stele.server.record.KeysClaimed;
import dev.stele.server.record.KeysClaimed.ClaimedKey;
import dev.stele.server.record.OneTimeKeysUploaded;
import dev.stele.server.record.UsersVerified;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The fold of keys, over a real log. Nothing is signed here: the fold believes what it is told. */
final class EncryptionFoldsTest {
  private static final JsonNodeFactory JSON = JsonNodeFactory.instance;
  private static final String ALICE = "@alice:hs1";
  private static final String BOB = "@bob:hs1";

  private static final List<Fact> FACTS =
      List.of(
          new DeviceKeysUploaded(ALICE, "A", JSON.objectNode().put("n", 1)),
          new DeviceKeysUploaded(ALICE, "B", JSON.objectNode().put("n", 2)),
          new OneTimeKeysUploaded(ALICE, "A", keys("x:1", "x:2", "y:1")),
          new OneTimeKeysUploaded(ALICE, "A", keys("x:0")),
          new OneTimeKeysUploaded(ALICE, "B", keys("x:1")),
          new FallbackKeysUploaded(ALICE, "A", keys("x:F")),
          new KeysClaimed(ALICE, List.of(oneTime("x:1", 3), fallback("x:F", 6))),
          // of a fallback key, or a one-time key, that is another one by now
          new FallbackKeysUploaded(ALICE, "A", keys("x:G", "y:G")),
          new KeysClaimed(ALICE, List.of(oneTime("x:2", 1), fallback("x:G", 6))),
          new CrossSigningKeysUploaded(ALICE, key("M"), key("S"), key("U")),
          new CrossSigningKeysUploaded(BOB, key("N"), null, null),
          new KeySignaturesUploaded(
              ALICE, List.of(signature(ALICE, "A", "S"), signature(ALICE, "B", "S"))),
          new KeySignaturesUploaded(
              ALICE, List.of(signature(ALICE, "M", "A"), signature(ALICE, "M", "B"))),
          new UsersVerified(ALICE, List.of(signature(BOB, "N", "U"))),
          // by a key that is not there, and of one
          new UsersVerified(ALICE, List.of(signature(BOB, "N", "V"), signature(BOB, "O", "U"))),
          new DevicesClosed(ALICE, List.of("B"), false));

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
  void fold_answersWhatHolds() {
    folded.append(FACTS);

    assertThat(await(keys.deviceKeys(List.of(ALICE, BOB))))
        .extracting(DeviceKeyRow::deviceId)
        .containsExactly("A");
    KeyCounts counts = await(keys.counts(ALICE, "A"));
    assertThat(counts.oneTimeKeys()).isEqualTo(Map.of("signed_curve25519", 0, "x", 2, "y", 1));
    assertThat(counts.unusedFallbackKeys()).containsExactly("x", "y");
    assertThat(await(keys.counts(ALICE, "B")).oneTimeKeys())
        .isEqualTo(Map.of("signed_curve25519", 0));
    assertThat(signatures(ALICE)).containsExactlyInAnyOrder("A by S", "M by A", "N by U");
    assertThat(signatures(BOB)).containsExactlyInAnyOrder("A by S", "M by A");
  }

  @Test
  void fold_newKeys_dropWhatTheOldOnesSignedAndWereSignedBy() {
    folded.append(FACTS);

    folded.append(new CrossSigningKeysUploaded(ALICE, null, key("S2"), null));
    assertThat(signatures(ALICE)).containsExactlyInAnyOrder("M by A", "N by U");
    folded.append(new CrossSigningKeysUploaded(BOB, key("N2"), null, null));
    assertThat(signatures(ALICE)).containsExactly("M by A");
    folded.append(new UsersVerified(ALICE, List.of(signature(BOB, "N2", "U"))));
    folded.append(new KeySignaturesUploaded(ALICE, List.of(signature(ALICE, "A", "S2"))));
    assertThat(signatures(ALICE)).containsExactlyInAnyOrder("M by A", "N2 by U", "A by S2");
    folded.append(new DeviceKeysUploaded(ALICE, "A", JSON.objectNode().put("n", 3)));
    assertThat(signatures(ALICE)).containsExactlyInAnyOrder("M by A", "N2 by U");
    folded.append(new CrossSigningKeysUploaded(ALICE, key("M2"), null, null));
    assertThat(signatures(ALICE)).isEmpty();
    assertThat(await(keys.crossSigningKeys(List.of(ALICE, BOB))))
        .extracting(CrossSigningRow::publicKey)
        .containsExactlyInAnyOrder("M2", "N2");
  }

  private List<String> signatures(String viewer) {
    return await(keys.signatures(List.of(ALICE, BOB), viewer)).stream()
        .map(row -> row.keyId() + " by " + row.signerKeyId().substring(8))
        .toList();
  }

  @Test
  void claimable_offersTheOldestUploadFirst() {
    folded.append(
        new OneTimeKeysUploaded(ALICE, "A", keys("x:9")),
        new OneTimeKeysUploaded(ALICE, "A", keys("x:1", "x:0")),
        new FallbackKeysUploaded(ALICE, "A", keys("x:F")));
    List<WantedKeys> wanted =
        List.of(
            new WantedKeys(ALICE, "NONE", "x", 1),
            new WantedKeys(ALICE, "A", "x", 2),
            new WantedKeys(ALICE, "A", "y", 1));

    assertThat(await(keys.claimable(wanted)))
        .allMatch(key -> key.wanted() == 1)
        .extracting(ClaimableKey::keyId)
        .containsExactlyInAnyOrder("x:9", "x:0", "x:F");
  }

  @Test
  void counts_keptCurrentInMemory_areThoseOfTheDatabase() {
    for (Fact fact : FACTS) {
      KeyCounts before = await(keys.counts(ALICE, "A"));
      folded.append(fact);
      List<Entry> all = folded.entries();
      KeyCounts after = before;
      for (Entry entry : all) {
        after = after.after(entry);
      }

      KeyCounts read = await(keys.counts(ALICE, "A"));
      assertThat(after.oneTime()).as(fact.toString()).isEqualTo(read.oneTime());
      assertThat(after.fallback()).as(fact.toString()).isEqualTo(read.fallback());
    }
  }

  @Test
  void counts_ofADeviceThatIsClosed_areNone() {
    folded.append(new OneTimeKeysUploaded(ALICE, "A", keys("x:1")));
    KeyCounts counts = await(keys.counts(ALICE, "A"));
    folded.append(new DevicesClosed(ALICE, List.of("A"), false));
    folded.append(new OneTimeKeysUploaded(ALICE, "A", keys("x:1")));
    folded.append(new KeysClaimed(ALICE, List.of(oneTime("x:1", 1))));

    for (Entry entry : folded.entries()) {
      counts = counts.after(entry);
    }

    assertThat(counts.oneTimeKeys()).containsEntry("x", 1);
    assertThat(await(keys.counts(ALICE, "A")).oneTime()).isEqualTo(counts.oneTime());
  }

  @Test
  void fold_batchesOfAnySize_giveTheSameRows() {
    folded.append(FACTS);
    Map<String, Projections.Digest> atOnce = folded.digests();

    for (int size : new int[] {1, 2, 3, 7}) {
      assertThat(folded.refold(size)).isEqualTo(atOnce);
    }
  }

  private static JsonNode keys(String... ids) {
    ObjectNode keys = JSON.objectNode();
    for (String id : ids) {
      keys.put(id, "key of " + id);
    }
    return keys;
  }

  private static JsonNode key(String publicKey) {
    ObjectNode key = JSON.objectNode();
    key.putObject("keys").put("ed25519:" + publicKey, publicKey);
    return key;
  }

  private static ClaimedKey oneTime(String keyId, long uploaded) {
    return new ClaimedKey("A", keyId, uploaded, keyId + uploaded);
  }

  private static ClaimedKey fallback(String keyId, long uploaded) {
    return new ClaimedKey("A", keyId, uploaded, null);
  }

  private static KeySignature signature(String userId, String keyId, String signer) {
    return new KeySignature(userId, keyId, "ed25519:" + signer, "signature");
  }
}
