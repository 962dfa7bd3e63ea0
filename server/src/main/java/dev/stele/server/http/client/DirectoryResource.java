package dev.stele.server.http.client;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.stele.api.Endpoint;
import dev.stele.api.ErrorCode;
import dev.stele.server.http.BadRequest;
import dev.stele.server.http.Bindings;
import dev.stele.server.http.Exchange;
import dev.stele.server.http.Reply;
import dev.stele.server.http.Requester;
import dev.stele.server.http.Resource;
import dev.stele.server.projection.Rooms;
import dev.stele.server.record.RecordLog;
import dev.stele.server.record.RoomPublished;
import io.vertx.core.Future;
import java.util.List;

/** Which rooms the directory lists. Client-server API, "Published room directory". */
public final class DirectoryResource implements Resource {
  private final Rooms rooms;
  private final RoomRights rights;
  private final RoomPolicy policy;
  private final RecordLog log;

  public DirectoryResource(Rooms rooms, RoomRights rights, RoomPolicy policy, RecordLog log) {
    this.rooms = rooms;
    this.rights = rights;
    this.policy = policy;
    this.log = log;
  }

  @Override
  public void bind(Bindings bindings) {
    bindings
        .on(Endpoint.GET_ROOM_VISIBILITY_ON_DIRECTORY, this::get)
        .on(Endpoint.SET_ROOM_VISIBILITY_ON_DIRECTORY, this::set);
  }

  private Future<Reply> get(Exchange exchange) {
    return listed(Identifiers.room(exchange))
        .map(
            listed ->
                Reply.ok(
                    JsonNodeFactory.instance
                        .objectNode()
                        .put("visibility", listed ? "public" : "private")));
  }

  private Future<Reply> set(Exchange exchange) {
    String roomId = Identifiers.room(exchange);
    Requester requester = exchange.requester();
    boolean wanted =
        switch (exchange.body().string("visibility", "public")) {
          case "public" -> true;
          case "private" -> false;
          default -> throw Identifiers.invalid("visibility must be public or private");
        };
    return listed(roomId)
        .compose(
            listed ->
                rights
                    .requireState(requester, roomId, "m.room.canonical_alias")
                    .compose(
                        allowed -> {
                          if (wanted) {
                            policy.requirePublishing(requester);
                          }
                          return listed == wanted
                              ? Future.<Void>succeededFuture()
                              : publish(roomId, wanted);
                        }))
        .map(done -> Reply.empty());
  }

  private Future<Void> publish(String roomId, boolean listed) {
    return log.append(List.of(new RoomPublished(roomId, listed))).mapEmpty();
  }

  private Future<Boolean> listed(String roomId) {
    return rooms
        .listed(roomId)
        .map(
            listed ->
                listed.orElseThrow(
                    () -> new BadRequest(ErrorCode.NOT_FOUND, "There is no room " + roomId)));
  }
}
