package dev.stele.server.sync;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.stele.server.record.ReceiptSent;
import java.util.Collection;
import java.util.List;

/** The ephemeral events of a room. Client-server API, "Receipts" and "Typing Notifications". */
final class Ephemeral {
  private Ephemeral() {}

  static ObjectNode receipts(List<ReceiptSent> receipts) {
    ObjectNode event = JsonNodeFactory.instance.objectNode().put("type", "m.receipt");
    ObjectNode content = event.putObject("content");
    for (ReceiptSent receipt : receipts) {
      ObjectNode sent =
          content
              .withObjectProperty(receipt.eventId())
              .withObjectProperty(receipt.type())
              .putObject(receipt.userId())
              .put("ts", receipt.ts());
      if (receipt.threadId() != null) {
        sent.put("thread_id", receipt.threadId());
      }
    }
    return event;
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
