package dev.stele.server.http.client;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.stele.api.Endpoint;
import dev.stele.api.ErrorCode;
import dev.stele.server.http.BadRequest;
import dev.stele.server.http.Bindings;
import dev.stele.server.http.Exchange;
import dev.stele.server.http.Reply;
import dev.stele.server.http.Resource;
import dev.stele.server.projection.DeviceLists.News;
import dev.stele.server.sync.SyncService;
import dev.stele.server.sync.SyncToken;
import io.vertx.core.Future;

/** {@code GET /keys/changes}. Client-server API, "Tracking the device list for a user". */
public final class KeyChangesResource implements Resource {
  private final SyncService sync;

  public KeyChangesResource(SyncService sync) {
    this.sync = sync;
  }

  @Override
  public void bind(Bindings bindings) {
    var unused = bindings.on(Endpoint.GET_KEYS_CHANGES, this::changes);
  }

  /** Up to now, whatever the second token: what it leaves out would be told again at once. */
  private Future<Reply> changes(Exchange exchange) {
    SyncToken from = token(exchange, "from");
    SyncToken to = token(exchange, "to");
    if (to.position() < from.position()) {
      throw new BadRequest(ErrorCode.INVALID_PARAM, "to is before from");
    }
    return sync.deviceLists(exchange.requester().userId(), from).map(KeyChangesResource::reply);
  }

  private SyncToken token(Exchange exchange, String name) {
    String text = exchange.query(name);
    if (text == null || text.isEmpty()) {
      throw new BadRequest(ErrorCode.MISSING_PARAM, "Missing: " + name);
    }
    return SyncToken.parse(text)
        .filter(sync::knows)
        .orElseThrow(
            () -> new BadRequest(ErrorCode.INVALID_PARAM, name + " is not a token of this server"));
  }

  private static Reply reply(News news) {
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    news.changed().forEach(json.putArray("changed")::add);
    news.left().forEach(json.putArray("left")::add);
    return Reply.ok(json);
  }
}
