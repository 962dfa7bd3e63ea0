package dev.stele.server.sync;

import com.fasterxml.jackson.databind.JsonNode;
import dev.stele.server.projection.AccountDataRow;
import dev.stele.server.projection.UserData;
import dev.stele.server.push.RuleSet;
import dev.stele.server.record.AccountDataSet;
import dev.stele.server.record.ReceiptSent;
import dev.stele.server.sync.SyncAnswer.TypedContent;
import io.vertx.core.Future;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What users have stored and acknowledged, from the projections. Thread-safe; the answers include
 * everything that was committed when the question was asked.
 */
final class StoredUserNews {
  /** How many receipts of a room to tell at most; those of the newest events are the ones shown. */
  private static final int MAX_RECEIPTS = 1_000;

  private final UserData userData;

  StoredUserNews(UserData userData) {
    this.userData = userData;
  }

  /**
   * The account data that a user stored after a position; after 0 all of it, with the push rules
   * that everybody has.
   *
   * @return by room; global account data under {@link UserData#GLOBAL}
   */
  Future<Map<String, List<TypedContent>>> accountData(String userId, long after) {
    return userData
        .accountData(userId, after)
        .map(
            rows -> {
              Map<String, List<TypedContent>> data = byRoom(rows);
              if (after == 0) {
                addDefaults(
                    userId, data.computeIfAbsent(UserData.GLOBAL, room -> new ArrayList<>()));
              }
              return data;
            });
  }

  /** All account data of rooms that a user has come into; by room. */
  Future<Map<String, List<TypedContent>>> accountDataIn(Collection<String> rooms, String userId) {
    return rooms.isEmpty()
        ? Future.succeededFuture(Map.of())
        : userData.accountDataIn(rooms, userId).map(StoredUserNews::byRoom);
  }

  private static Map<String, List<TypedContent>> byRoom(List<AccountDataRow> rows) {
    Map<String, List<TypedContent>> data = new HashMap<>();
    for (AccountDataRow row : rows) {
      data.computeIfAbsent(row.roomId(), room -> new ArrayList<>())
          .add(new TypedContent(row.type(), row.content()));
    }
    return data;
  }

  /** The same, from the newest records of an event loop. */
  Map<String, List<TypedContent>> recent(LiveView view, String userId, long after) {
    Map<String, Map<String, TypedContent>> latest = new HashMap<>();
    for (AccountDataSet set : view.window().accountData(userId, after)) {
      String room = set.roomId() == null ? UserData.GLOBAL : set.roomId();
      if (set.content() != null) {
        latest
            .computeIfAbsent(room, id -> new LinkedHashMap<>())
            .put(set.type(), new TypedContent(set.type(), set.content()));
      }
    }
    Map<String, List<TypedContent>> data = new HashMap<>();
    latest.forEach((room, contents) -> data.put(room, List.copyOf(contents.values())));
    return data;
  }

  /** The newest receipts of rooms, each after a position, that the user may see. */
  Future<Map<String, List<ReceiptSent>>> receipts(Map<String, Long> afters, String userId) {
    return userData.receipts(afters, userId, MAX_RECEIPTS);
  }

  /** Puts the defaults of this server among the rules that the user stored, if any. */
  private static void addDefaults(String userId, List<TypedContent> global) {
    JsonNode stored = null;
    for (TypedContent content : List.copyOf(global)) {
      if (content.type().equals(RuleSet.TYPE)) {
        stored = content.content();
        global.remove(content);
      }
    }
    global.add(new TypedContent(RuleSet.TYPE, RuleSet.of(userId, stored).json()));
  }
}
