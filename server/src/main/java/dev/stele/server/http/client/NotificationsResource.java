package dev.stele.server.http.client;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.stele.api.Endpoint;
import dev.stele.server.event.ClientEvents;
import dev.stele.server.event.EventWriter;
import dev.stele.server.event.EventWriter.Format;
import dev.stele.server.event.ShownEvent;
import dev.stele.server.event.Viewer;
import dev.stele.server.http.Bindings;
import dev.stele.server.http.Exchange;
import dev.stele.server.http.Reply;
import dev.stele.server.http.Resource;
import dev.stele.server.record.RecordLog;
import dev.stele.server.unread.Notifications;
import dev.stele.server.unread.Notifications.Notified;
import dev.stele.server.unread.Notifications.Page;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** {@code GET /notifications}. Client-server API, "Listing Notifications". */
public final class NotificationsResource implements Resource {
  private static final int DEFAULT_LIMIT = 20;
  private static final int MAX_LIMIT = 100;

  private final Notifications notifications;
  private final ClientEvents events;
  private final EventWriter writer;
  private final RecordLog log;

  public NotificationsResource(
      Notifications notifications, ClientEvents events, EventWriter writer, RecordLog log) {
    this.notifications = notifications;
    this.events = events;
    this.writer = writer;
    this.log = log;
  }

  @Override
  public void bind(Bindings bindings) {
    var unused = bindings.on(Endpoint.GET_NOTIFICATIONS, this::list);
  }

  private Future<Reply> list(Exchange exchange) {
    int limit = exchange.queryInt("limit", DEFAULT_LIMIT);
    if (limit < 1) {
      throw Identifiers.invalid("limit must be at least 1");
    }
    boolean highlights = exchange.query("only", "").equals("highlight");
    long before = before(exchange.query("from"));
    Viewer viewer = new Viewer(exchange.requester().userId(), exchange.requester().deviceId());
    return notifications
        .page(viewer.userId(), before, Math.min(limit, MAX_LIMIT), highlights, log.committed())
        .compose(
            page ->
                events
                    .show(page.notified().stream().map(Notified::row).toList())
                    .map(shown -> Reply.encoded(encode(page, shown, viewer))));
  }

  /** A token is the position of the last event that was told. */
  private static long before(@Nullable String from) {
    if (from == null || from.isEmpty()) {
      return Long.MAX_VALUE;
    }
    if (!from.matches("n[0-9]{1,18}")) {
      throw Identifiers.invalid("from is not a token of this server");
    }
    return Long.parseLong(from.substring(1));
  }

  private Buffer encode(Page page, List<ShownEvent> shown, Viewer viewer) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream(1024);
    try (JsonGenerator json = EventWriter.factory().createGenerator(bytes)) {
      json.writeStartObject();
      if (page.next() != null) {
        json.writeStringField("next_token", "n" + page.next());
      }
      json.writeArrayFieldStart("notifications");
      for (int i = 0; i < shown.size(); i++) {
        write(json, page.notified().get(i), shown.get(i), viewer);
      }
      json.writeEndArray();
      json.writeEndObject();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return Buffer.buffer(bytes.toByteArray());
  }

  private void write(JsonGenerator json, Notified notified, ShownEvent shown, Viewer viewer)
      throws IOException {
    json.writeStartObject();
    json.writeArrayFieldStart("actions");
    for (var action : notified.actions()) {
      json.writeTree(action);
    }
    json.writeEndArray();
    json.writeFieldName("event");
    writer.write(json, shown, viewer, Format.WITHOUT_ROOM_ID);
    json.writeBooleanField("read", notified.read());
    json.writeStringField("room_id", notified.roomId());
    json.writeNumberField("ts", shown.event().pdu().originServerTs());
    json.writeEndObject();
  }
}
