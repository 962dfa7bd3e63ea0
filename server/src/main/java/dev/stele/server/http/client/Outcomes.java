package dev.stele.server.http.client;

import com.fasterxml.jackson.core.io.JsonStringEncoder;
import dev.stele.server.http.Reply;
import dev.stele.server.room.RoomOutcome;
import io.vertx.core.buffer.Buffer;
import java.util.function.Function;

/** What clients are told of the outcome of a room's command. */
final class Outcomes {
  private Outcomes() {}

  /** The id of the event that the command led to. */
  static Reply eventId(RoomOutcome outcome) {
    return of(outcome, eventId -> object("event_id", eventId));
  }

  /** Nothing but that it is done. */
  static Reply empty(RoomOutcome outcome) {
    return of(outcome, eventId -> Reply.empty());
  }

  /** The room's id, whatever the event. */
  static Reply roomId(RoomOutcome outcome, String roomId) {
    return of(outcome, eventId -> object("room_id", roomId));
  }

  private static Reply object(String name, String value) {
    StringBuilder json = new StringBuilder(value.length() + 20);
    json.append("{\"").append(name).append("\":\"");
    JsonStringEncoder.getInstance().quoteAsString(value, json);
    return Reply.encoded(Buffer.buffer(json.append("\"}").toString()));
  }

  private static Reply of(RoomOutcome outcome, Function<String, Reply> done) {
    return outcome instanceof RoomOutcome.Done event
        ? done.apply(event.eventId())
        : Reply.error(((RoomOutcome.Refused) outcome).error());
  }
}
