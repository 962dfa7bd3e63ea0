package dev.stele.server.http.client;

import com.fasterxml.jackson.databind.JsonNode;
import dev.stele.api.Endpoint;
import dev.stele.api.ErrorCode;
import dev.stele.server.account.ReceiptChanges;
import dev.stele.server.account.ReceiptChanges.Mark;
import dev.stele.server.event.EventCache;
import dev.stele.server.event.KnownEvent;
import dev.stele.server.http.BadRequest;
import dev.stele.server.http.Bindings;
import dev.stele.server.http.Body;
import dev.stele.server.http.Exchange;
import dev.stele.server.http.Reply;
import dev.stele.server.http.Resource;
import dev.stele.server.unread.Threads;
import io.vertx.core.Future;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Receipts and read markers. Client-server API, "Receipts", "Read and unread markers". */
public final class ReceiptResource implements Resource {
  private static final List<String> TYPES =
      List.of(ReceiptChanges.FULLY_READ, "m.read", "m.read.private");

  private final RoomRights rights;
  private final EventCache events;
  private final Threads threads;
  private final ReceiptChanges changes;

  public ReceiptResource(RoomRights rights, EventCache events, ReceiptChanges changes) {
    this.rights = rights;
    this.events = events;
    this.threads = new Threads(events);
    this.changes = changes;
  }

  @Override
  public void bind(Bindings bindings) {
    bindings
        .on(Endpoint.POST_RECEIPT, this::postReceipt)
        .on(Endpoint.SET_READ_MARKER, this::setMarkers);
  }

  private Future<Reply> postReceipt(Exchange exchange) {
    String roomId = Identifiers.room(exchange);
    String user = exchange.requester().userId();
    String type = exchange.path("receiptType");
    if (!TYPES.contains(type)) {
      throw Identifiers.invalid("receiptType must be one of " + TYPES);
    }
    String eventId = Identifiers.event(exchange.path("eventId"));
    String thread = thread(exchange.bodyOrEmpty(), type);
    return rights
        .requireJoined(user, roomId)
        .compose(joined -> requireEvents(roomId, List.of(eventId)))
        .compose(found -> requireRelated(found, eventId, thread))
        .compose(event -> changes.put(user, roomId, List.of(new Mark(type, event, thread))))
        .map(appended -> Reply.empty());
  }

  private static @Nullable String thread(Body body, String type) {
    JsonNode thread = body.node().get("thread_id");
    if (thread == null) {
      return null;
    }
    if (!thread.isTextual() || thread.textValue().isEmpty()) {
      throw Identifiers.invalid("thread_id must be a string that is not empty");
    }
    if (type.equals(ReceiptChanges.FULLY_READ)) {
      throw Identifiers.invalid("thread_id does not go with " + type);
    }
    return thread.textValue();
  }

  private Future<KnownEvent> requireRelated(
      Map<String, KnownEvent> found, String eventId, @Nullable String thread) {
    KnownEvent event = Objects.requireNonNull(found.get(eventId));
    return thread == null
        ? Future.succeededFuture(event)
        : threads
            .relates(event, thread)
            .map(
                related -> {
                  if (!related) {
                    throw Identifiers.invalid("The event is not in the thread of thread_id");
                  }
                  return event;
                });
  }

  private Future<Reply> setMarkers(Exchange exchange) {
    String roomId = Identifiers.room(exchange);
    String user = exchange.requester().userId();
    Map<String, String> markers = markers(exchange.body());
    return rights
        .requireJoined(user, roomId)
        .compose(joined -> requireEvents(roomId, markers.values().stream().distinct().toList()))
        .compose(found -> changes.put(user, roomId, marks(markers, found)))
        .map(appended -> Reply.empty());
  }

  private static Map<String, String> markers(Body body) {
    Map<String, String> markers = new LinkedHashMap<>();
    for (String type : TYPES) {
      String eventId = body.string(type);
      if (eventId != null) {
        markers.put(type, Identifiers.event(eventId));
      }
    }
    return markers;
  }

  /** The events with these ids, all of which must be in the room. */
  private Future<Map<String, KnownEvent>> requireEvents(String roomId, List<String> eventIds) {
    return events
        .byId(eventIds)
        .map(
            found -> {
              for (String eventId : eventIds) {
                KnownEvent event = found.get(eventId);
                if (event == null || !event.pdu().roomId().equals(roomId)) {
                  throw new BadRequest(
                      ErrorCode.NOT_FOUND, "There is no event " + eventId + " in the room");
                }
              }
              return found;
            });
  }

  private static List<Mark> marks(Map<String, String> markers, Map<String, KnownEvent> events) {
    return markers.entrySet().stream()
        .map(
            marker ->
                new Mark(
                    marker.getKey(), Objects.requireNonNull(events.get(marker.getValue())), null))
        .toList();
  }
}
