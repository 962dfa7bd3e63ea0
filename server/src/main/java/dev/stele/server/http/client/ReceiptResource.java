package dev.stele.server.http.client;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.stele.api.Endpoint;
import dev.stele.api.ErrorCode;
import dev.stele.server.event.EventCache;
import dev.stele.server.event.KnownEvent;
import dev.stele.server.http.BadRequest;
import dev.stele.server.http.Bindings;
import dev.stele.server.http.Body;
import dev.stele.server.http.Exchange;
import dev.stele.server.http.Reply;
import dev.stele.server.http.Resource;
import dev.stele.server.record.AccountDataSet;
import dev.stele.server.record.Fact;
import dev.stele.server.record.ReceiptSent;
import dev.stele.server.record.RecordLog;
import dev.stele.server.unread.Threads;
import io.vertx.core.Future;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Receipts and read markers. Client-server API, "Receipts", "Read and unread markers". */
public final class ReceiptResource implements Resource {
  private static final String FULLY_READ = "m.fully_read";
  private static final List<String> TYPES = List.of(FULLY_READ, "m.read", "m.read.private");

  private final RoomRights rights;
  private final EventCache events;
  private final Threads threads;
  private final RecordLog log;
  private final InstantSource clock;

  public ReceiptResource(RoomRights rights, EventCache events, RecordLog log, InstantSource clock) {
    this.rights = rights;
    this.events = events;
    this.threads = new Threads(events);
    this.log = log;
    this.clock = clock;
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
        .compose(related -> log.append(List.of(fact(roomId, user, type, eventId, thread))))
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
    if (type.equals(FULLY_READ)) {
      throw Identifiers.invalid("thread_id does not go with " + FULLY_READ);
    }
    return thread.textValue();
  }

  private Future<Void> requireRelated(
      Map<String, KnownEvent> found, String eventId, @Nullable String thread) {
    KnownEvent event = found.get(eventId);
    return thread == null || event == null
        ? Future.succeededFuture()
        : threads
            .relates(event, thread)
            .map(
                related -> {
                  if (!related) {
                    throw Identifiers.invalid("The event is not in the thread of thread_id");
                  }
                  return null;
                });
  }

  private Future<Reply> setMarkers(Exchange exchange) {
    String roomId = Identifiers.room(exchange);
    String user = exchange.requester().userId();
    Map<String, String> markers = markers(exchange.body());
    List<Fact> facts =
        markers.entrySet().stream()
            .map(marker -> fact(roomId, user, marker.getKey(), marker.getValue(), null))
            .toList();
    return rights
        .requireJoined(user, roomId)
        .compose(joined -> requireEvents(roomId, markers.values().stream().distinct().toList()))
        .compose(found -> facts.isEmpty() ? Future.succeededFuture() : log.append(facts).mapEmpty())
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

  private Fact fact(
      String roomId, String user, String type, String eventId, @Nullable String thread) {
    return type.equals(FULLY_READ)
        ? new AccountDataSet(
            user, roomId, type, JsonNodeFactory.instance.objectNode().put("event_id", eventId))
        : new ReceiptSent(roomId, user, type, thread, eventId, clock.millis());
  }
}
