package dev.stele.server.http.client;

import dev.stele.api.Endpoint;
import dev.stele.api.ErrorCode;
import dev.stele.server.http.BadRequest;
import dev.stele.server.http.Bindings;
import dev.stele.server.http.Body;
import dev.stele.server.http.Exchange;
import dev.stele.server.http.Reply;
import dev.stele.server.http.Resource;
import dev.stele.server.presence.Presence.State;
import dev.stele.server.presence.Presences;
import dev.stele.server.projection.Rooms;
import io.vertx.core.Future;
import java.time.InstantSource;

/** {@code /presence/{userId}/status}. Client-server API, "Presence". */
public final class PresenceResource implements Resource {
  private static final int MAX_STATUS_CHARS = 1_000;

  private final Presences presences;
  private final Rooms rooms;
  private final InstantSource clock;

  public PresenceResource(Presences presences, Rooms rooms, InstantSource clock) {
    this.presences = presences;
    this.rooms = rooms;
    this.clock = clock;
  }

  @Override
  public void bind(Bindings bindings) {
    bindings.on(Endpoint.GET_PRESENCE, this::get).on(Endpoint.SET_PRESENCE, this::set);
  }

  private Future<Reply> get(Exchange exchange) {
    String user = Identifiers.user(exchange.path("userId")).value();
    String viewer = exchange.requester().userId();
    Future<Boolean> allowed =
        user.equals(viewer) ? Future.succeededFuture(true) : rooms.meet(viewer, user);
    return allowed.map(
        meet -> {
          if (!meet) {
            throw new BadRequest(
                ErrorCode.FORBIDDEN, "You may know of those alone who are in a room with you");
          }
          return Reply.ok(presences.of(user).content(clock.millis()));
        });
  }

  private Future<Reply> set(Exchange exchange) {
    String user = Own.userId(exchange);
    Body body = exchange.body();
    State state =
        State.of(body.requiredString("presence"))
            .orElseThrow(
                () -> Identifiers.invalid("presence must be online, unavailable or offline"));
    String status = body.string("status_msg");
    if (status != null && status.length() > MAX_STATUS_CHARS) {
      throw new BadRequest(
          ErrorCode.TOO_LARGE, "status_msg has at most " + MAX_STATUS_CHARS + " characters");
    }
    return presences.set(user, state, status).map(done -> Reply.empty());
  }
}
