package dev.stele.server.http.client;

import com.fasterxml.jackson.databind.JsonNode;
import dev.stele.server.event.EventCache;
import dev.stele.server.event.KnownEvent;
import io.vertx.core.Future;
import java.util.List;

/** Which thread an event belongs to. Client-server API, "Threaded read receipts". */
final class Threads {
  /** The thread of everything that is in no other. */
  static final String MAIN = "main";

  /** How many relations to follow from an event towards a thread. */
  private static final int MAX_HOPS = 3;

  private final EventCache events;

  Threads(EventCache events) {
    this.events = events;
  }

  /**
   * Whether an event has to do with a thread: begins it, is in it, or relates to what is.
   * Everything has to do with the main one.
   */
  Future<Boolean> relates(KnownEvent event, String threadId) {
    return threadId.equals(MAIN) || event.id().equals(threadId)
        ? Future.succeededFuture(true)
        : relates(event, threadId, MAX_HOPS);
  }

  private Future<Boolean> relates(KnownEvent event, String threadId, int hops) {
    JsonNode relation = event.pdu().content().path("m.relates_to");
    String target = relation.path("event_id").asText();
    if (relation.path("rel_type").asText().equals("m.thread")) {
      return Future.succeededFuture(target.equals(threadId));
    }
    if (hops == 0 || target.isEmpty()) {
      return Future.succeededFuture(false);
    }
    return events
        .byId(List.of(target))
        .compose(
            found -> {
              KnownEvent next = found.get(target);
              return next == null || !next.pdu().roomId().equals(event.pdu().roomId())
                  ? Future.succeededFuture(false)
                  : relates(next, threadId, hops - 1);
            });
  }
}
