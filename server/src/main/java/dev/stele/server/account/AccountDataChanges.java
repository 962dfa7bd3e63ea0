package dev.stele.server.account;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.stele.server.projection.UserData;
import dev.stele.server.record.AccountDataSet;
import dev.stele.server.record.RecordLog;
import io.vertx.core.Future;
import java.util.List;
import java.util.function.UnaryOperator;

/** Stores users' account data. Thread-safe; a user's account data changes one at a time. */
public final class AccountDataChanges {
  private final RecordLog log;
  private final UserData data;
  private final UserQueues queues;

  public AccountDataChanges(RecordLog log, UserData data, UserQueues queues) {
    this.log = log;
    this.data = data;
    this.queues = queues;
  }

  /**
   * Stores a piece of account data. The future completes once it is durable.
   *
   * @param roomId the room, or {@link UserData#GLOBAL}
   */
  public Future<Void> put(String userId, String roomId, String type, ObjectNode content) {
    return queues.submit(userId, () -> append(userId, roomId, type, content));
  }

  /**
   * Changes a piece of account data, between which and its reading nothing comes. What the change
   * leaves as it is is not stored again.
   *
   * @param change makes the new content of a copy of the old one, which is empty if there is none
   */
  public Future<Void> change(
      String userId, String roomId, String type, UnaryOperator<ObjectNode> change) {
    return queues.submit(
        userId,
        () ->
            data.accountData(userId, roomId, type)
                .compose(
                    found -> {
                      ObjectNode before = found.orElseGet(JsonNodeFactory.instance::objectNode);
                      ObjectNode after = change.apply(before.deepCopy());
                      return after.equals(before)
                          ? Future.succeededFuture()
                          : append(userId, roomId, type, after);
                    }));
  }

  private Future<Void> append(String userId, String roomId, String type, ObjectNode content) {
    String room = roomId.equals(UserData.GLOBAL) ? null : roomId;
    return log.append(List.of(new AccountDataSet(userId, room, type, content))).mapEmpty();
  }
}
