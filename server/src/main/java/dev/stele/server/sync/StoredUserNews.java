package dev.stele.server.sync;

import dev.stele.server.account.DefaultPushRules;
import dev.stele.server.projection.AccountDataRow;
import dev.stele.server.projection.UserData;
import dev.stele.server.record.ReceiptSent;
import dev.stele.server.sync.SyncAnswer.TypedContent;
import io.vertx.core.Future;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * What users have stored and acknowledged, from the projections. Thread-safe; the answers include
 * everything that was committed when the question was asked.
 */
final class StoredUserNews {
  private static final String PUSH_RULES = "m.push_rules";

  private final UserData userData;

  StoredUserNews(UserData userData) {
    this.userData = userData;
  }

  /**
   * The account data that a user stored after a position; after 0 all of it, with the push rules
   * that everybody has who stored none.
   *
   * @return by room; global account data under {@link UserData#GLOBAL}
   */
  Future<Map<String, List<TypedContent>>> accountData(String userId, long after) {
    return userData
        .accountData(userId, after)
        .map(
            rows -> {
              Map<String, List<TypedContent>> data = new HashMap<>();
              for (AccountDataRow row : rows) {
                data.computeIfAbsent(row.roomId(), room -> new ArrayList<>())
                    .add(new TypedContent(row.type(), row.content()));
              }
              if (after == 0) {
                addDefaults(
                    userId, data.computeIfAbsent(UserData.GLOBAL, room -> new ArrayList<>()));
              }
              return data;
            });
  }

  /** The receipts of a room after a position that the user may see; all of them after 0. */
  Future<List<ReceiptSent>> receipts(String roomId, String userId, long after) {
    return userData.receipts(roomId, userId, after);
  }

  private static void addDefaults(String userId, List<TypedContent> global) {
    if (global.stream().noneMatch(content -> content.type().equals(PUSH_RULES))) {
      global.add(new TypedContent(PUSH_RULES, DefaultPushRules.of(userId)));
    }
  }
}
