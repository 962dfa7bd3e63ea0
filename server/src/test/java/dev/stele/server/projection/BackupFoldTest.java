package dev.stele.server.projection;

import static dev.stele.server.http.TestEdge.await;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.stele.server.record.BackedUpKey;
import dev.stele.server.record.BackupCreated;
import dev.stele.server.record.BackupDeleted;
import dev.stele.server.record.BackupUpdated;
import dev.stele.server.record.Fact;
import dev.stele.server.record.RoomKeysDeleted;
import dev.stele.server.record.RoomKeysStored;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The fold of backups, over a real log. */
final class BackupFoldTest {
  private static final String ALICE = "@alice:hs1";

  private static final List<Fact> FACTS =
      List.of(
          new BackupCreated(ALICE, 1, "a", object(1)),
          new RoomKeysStored(ALICE, 1, List.of(key("s1", 5, false), key("s2", 5, true))),
          new BackupCreated(ALICE, 2, "a", object(2)),
          new BackupUpdated(ALICE, 2, object(3)),
          new RoomKeysStored(ALICE, 2, List.of(key("s1", 5, false), key("s2", 5, true))),
          new RoomKeysStored(ALICE, 2, List.of(key("s1", 6, false), key("s2", 6, true))),
          new RoomKeysStored(ALICE, 2, List.of(key("s1", 9, true), key("s3", 1, true))),
          new RoomKeysDeleted(ALICE, 2, "!r:hs1", "s3"),
          new RoomKeysDeleted(ALICE, 2, "!other:hs1", null),
          new RoomKeysDeleted(ALICE, 1, null, null),
          new RoomKeysStored(ALICE, 1, List.of(key("s4", 1, true))),
          new BackupDeleted(ALICE, 1),
          new RoomKeysStored(ALICE, 1, List.of(key("s9", 1, true))));

  private FoldedLog folded;
  private Backups backups;

  @BeforeEach
  void start() {
    folded = new FoldedLog(log -> List.of(new BackupProjection(log)));
    backups = new Backups(folded.projections(), folded.fold(BackupProjection.class), folded.pool());
  }

  @AfterEach
  void stop() {
    folded.close();
  }

  @Test
  void fold_backups_answersWhatHolds() {
    folded.append(FACTS);

    assertThat(await(backups.current(ALICE))).contains(new BackupRow(2, "a", object(3), 2, 8));
    assertThat(await(backups.newest(ALICE)).map(BackupRow::version)).contains(2L);
    assertThat(await(backups.backup(ALICE, 1)).map(BackupRow::isDeleted)).contains(true);
    assertThat(await(backups.count(ALICE))).isEqualTo(1);
    assertThat(await(backups.keys(new BackupRef(ALICE, 1), null, null, 10))).isEmpty();
    assertThat(await(backups.keys(new BackupRef(ALICE, 2), null, null, 10)))
        .extracting(key -> key.sessionId() + key.firstMessageIndex() + key.verified())
        .containsExactly("s19true", "s25true");
  }

  @Test
  void fold_batchesOfAnySize_giveTheSameRows() {
    folded.append(FACTS);
    Map<String, Projections.Digest> atOnce = folded.digests();

    for (int size : new int[] {1, 2, 3}) {
      assertThat(folded.refold(size)).isEqualTo(atOnce);
    }
  }

  private static BackedUpKey key(String sessionId, int index, boolean verified) {
    return new BackedUpKey("!r:hs1", sessionId, index, 0, verified, object(index));
  }

  private static ObjectNode object(int n) {
    return JsonNodeFactory.instance.objectNode().put("n", n);
  }
}
