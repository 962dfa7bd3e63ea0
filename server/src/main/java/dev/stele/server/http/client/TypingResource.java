package dev.stele.server.http.client;

import dev.stele.api.Endpoint;
import dev.stele.api.ErrorCode;
import dev.stele.server.http.BadRequest;
import dev.stele.server.http.Bindings;
import dev.stele.server.http.Body;
import dev.stele.server.http.Exchange;
import dev.stele.server.http.Reply;
import dev.stele.server.http.Resource;
import dev.stele.server.sync.TypingNotices;
import io.vertx.core.Future;

/** {@code PUT /rooms/{roomId}/typing/{userId}}. Client-server API, "Typing Notifications". */
public final class TypingResource implements Resource {
  private static final long DEFAULT_TIMEOUT_MILLIS = 30_000;

  private final TypingNotices notices;
  private final RoomRights rights;

  public TypingResource(TypingNotices notices, RoomRights rights) {
    this.notices = notices;
    this.rights = rights;
  }

  @Override
  public void bind(Bindings bindings) {
    bindings.on(Endpoint.SET_TYPING, this::set);
  }

  private Future<Reply> set(Exchange exchange) {
    String roomId = Identifiers.room(exchange);
    String user = exchange.requester().userId();
    if (!exchange.path("userId").equals(user)) {
      throw new BadRequest(ErrorCode.FORBIDDEN, "You can only say that you are typing yourself");
    }
    Body body = exchange.body();
    boolean typing = body.requiredBool("typing");
    long timeout = body.integer("timeout", DEFAULT_TIMEOUT_MILLIS);
    if (timeout < 0) {
      throw Identifiers.invalid("timeout must not be negative");
    }
    return rights
        .requireJoined(user, roomId)
        .compose(joined -> notices.set(roomId, user, typing, timeout))
        .map(set -> Reply.empty());
  }
}
