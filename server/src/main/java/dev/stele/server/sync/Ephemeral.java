package dev.stele.server.sync;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.stele.server.record.ReceiptSent;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The ephemeral events of a room. Client-server API, "Receipts" and "Typing Notifications". */
final class Ephemeral {
  private Ephemeral() {}

  /** What a user has one receipt for. */
  private record Slot(String userId, String type, @Nullable String threadId) {}

  /**
   * @param receipts oldest first; of each user, only the newest of a kind and thread is told
   * @return as a rule one event; more where a user has receipts of several threads at one event,
   *     for which an event has no place
   */
  static List<ObjectNode> receipts(List<ReceiptSent> receipts) {
    Map<Slot, ReceiptSent> newest = new LinkedHashMap<>();
    for (ReceiptSent receipt : receipts) {
      newest.put(new Slot(receipt.userId(), receipt.type(), receipt.threadId()), receipt);
    }
    List<ObjectNode> events = new ArrayList<>();
    for (ReceiptSent receipt : newest.values()) {
      ObjectNode sent = place(events, receipt).put("ts", receipt.ts());
      if (receipt.threadId() != null) {
        sent.put("thread_id", receipt.threadId());
      }
    }
    return events;
  }

  /** The place for a receipt in the first event where it is free. */
  private static ObjectNode place(List<ObjectNode> events, ReceiptSent receipt) {
    for (ObjectNode event : events) {
      ObjectNode users =
          event
              .withObjectProperty("content")
              .withObjectProperty(receipt.eventId())
              .withObjectProperty(receipt.type());
      if (!users.has(receipt.userId())) {
        return users.putObject(receipt.userId());
      }
    }
    ObjectNode event = JsonNodeFactory.instance.objectNode().put("type", "m.receipt");
    events.add(event);
    return event
        .putObject("content")
        .putObject(receipt.eventId())
        .putObject(receipt.type())
        .putObject(receipt.userId());
  }

  static ObjectNode typing(Collection<String> users) {
    ObjectNode event = JsonNodeFactory.instance.objectNode().put("type", "m.typing");
    ArrayNode ids = event.putObject("content").putArray("user_ids");
    users.forEach(ids::add);
    return event;
  }

  /** Whether a user may know of a receipt: private ones are their own. */
  static boolean visible(ReceiptSent receipt, String userId) {
    return !receipt.type().equals("m.read.private") || receipt.userId().equals(userId);
  }
}
