package dev.stele.server.sync;

import dev.stele.server.record.ReceiptSent;
import dev.stele.server.sync.SyncAnswer.TypedContent;
import io.vertx.core.Future;
import java.util.List;
import java.util.Map;

/**
 * What users have stored and acknowledged, for {@code /sync}. Thread-safe; the answers include
 * everything that was committed when the question was asked.
 */
public interface UserNews {
  /**
   * The account data that a user stored after a position; all of it after 0.
   *
   * @return by room; global account data under the empty name
   */
  Future<Map<String, List<TypedContent>>> accountData(String userId, long after);

  /** The receipts of a room after a position that the user may see; all of them after 0. */
  Future<List<ReceiptSent>> receipts(String roomId, String userId, long after);
}
