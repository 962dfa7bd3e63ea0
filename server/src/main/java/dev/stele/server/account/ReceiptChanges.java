package dev.stele.server.account;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.stele.server.event.EventCache;
import dev.stele.server.event.KnownEvent;
import dev.stele.server.projection.UserData;
import dev.stele.server.record.AccountDataSet;
import dev.stele.server.record.Fact;
import dev.stele.server.record.ReceiptSent;
import dev.stele.server.record.RecordLog;
import io.micrometer.core.instrument.MeterRegistry;
import io.vertx.core.Future;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Stores up to where users have read. A receipt never goes back: one for an event before that of
 * the last one of its kind and thread, as a device that is behind sends it, changes nothing.
 * Thread-safe.
 */
public final class ReceiptChanges {
  /** The type of the marker that is account data rather than a receipt. */
  public static final String FULLY_READ = "m.fully_read";

  private final RecordLog log;
  private final UserData data;
  private final EventCache events;
  private final InstantSource clock;
  private final UserQueues queues = new UserQueues();

  public ReceiptChanges(RecordLog log, UserData data, EventCache events, InstantSource clock) {
    this.log = log;
    this.data = data;
    this.events = events;
    this.clock = clock;
  }

  /** Counts what waits. */
  public void monitor(MeterRegistry metrics) {
    queues.monitor(metrics, "receipts");
  }

  /**
   * Up to where somebody has read.
   *
   * @param type {@code m.read}, {@code m.read.private} or {@link #FULLY_READ}
   * @param event the event
   * @param threadId the thread, or null for all of the room
   */
  public record Mark(String type, KnownEvent event, @Nullable String threadId) {
    boolean isFullyRead() {
      return type.equals(FULLY_READ);
    }

    boolean replaces(ReceiptSent receipt) {
      return receipt.type().equals(type) && Objects.equals(receipt.threadId(), threadId);
    }
  }

  /** Stores marks of a user in one room. Completes once they are durable. */
  public Future<Void> put(String userId, String roomId, List<Mark> marks) {
    return marks.isEmpty()
        ? Future.succeededFuture()
        : queues.submit(userId, () -> append(userId, roomId, marks));
  }

  private Future<Void> append(String userId, String roomId, List<Mark> marks) {
    if (marks.stream().allMatch(Mark::isFullyRead)) {
      return log.append(facts(userId, roomId, marks.stream())).mapEmpty();
    }
    return data.receiptsOf(userId, roomId)
        .map(
            receipts ->
                receipts.stream()
                    .filter(known -> marks.stream().anyMatch(mark -> mark.replaces(known)))
                    .toList())
        .compose(
            known ->
                events
                    .byId(known.stream().map(ReceiptSent::eventId).toList())
                    .map(
                        found ->
                            facts(
                                userId,
                                roomId,
                                marks.stream().filter(mark -> goesOn(mark, known, found)))))
        .compose(
            facts -> facts.isEmpty() ? Future.succeededFuture() : log.append(facts).mapEmpty());
  }

  private static boolean goesOn(
      Mark mark, List<ReceiptSent> known, Map<String, KnownEvent> events) {
    for (ReceiptSent receipt : known) {
      KnownEvent event = events.get(receipt.eventId());
      if (mark.replaces(receipt) && event != null && event.position() >= mark.event().position()) {
        return false;
      }
    }
    return true;
  }

  private List<Fact> facts(String userId, String roomId, Stream<Mark> marks) {
    List<Fact> facts = new ArrayList<>();
    marks.forEach(
        mark -> {
          String eventId = mark.event().id();
          facts.add(
              mark.isFullyRead()
                  ? new AccountDataSet(
                      userId,
                      roomId,
                      mark.type(),
                      JsonNodeFactory.instance.objectNode().put("event_id", eventId))
                  : new ReceiptSent(
                      roomId, userId, mark.type(), mark.threadId(), eventId, clock.millis()));
        });
    return facts;
  }
}
