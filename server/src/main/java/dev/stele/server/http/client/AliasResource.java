package dev.stele.server.http.client;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.stele.api.Endpoint;
import dev.stele.api.ErrorCode;
import dev.stele.api.MatrixError;
import dev.stele.eventstore.Appended;
import dev.stele.server.history.VisibleHistory;
import dev.stele.server.http.BadRequest;
import dev.stele.server.http.Bindings;
import dev.stele.server.http.Exchange;
import dev.stele.server.http.Reply;
import dev.stele.server.http.Requester;
import dev.stele.server.http.Resource;
import dev.stele.server.projection.AliasRow;
import dev.stele.server.projection.Rooms;
import dev.stele.server.record.AliasCreated;
import dev.stele.server.record.AliasDeleted;
import dev.stele.server.record.RecordLog;
import dev.stele.stateres.id.RoomAlias;
import io.vertx.core.Future;
import java.util.List;

/** Room aliases. Client-server API, "Room aliases". */
public final class AliasResource implements Resource {
  private static final int CONFLICT = 409;

  private final String serverName;
  private final Aliases aliases;
  private final Rooms rooms;
  private final RoomRights rights;
  private final RecordLog log;

  public AliasResource(
      String serverName, Aliases aliases, Rooms rooms, RoomRights rights, RecordLog log) {
    this.serverName = serverName;
    this.aliases = aliases;
    this.rooms = rooms;
    this.rights = rights;
    this.log = log;
  }

  @Override
  public void bind(Bindings bindings) {
    bindings
        .on(Endpoint.SET_ROOM_ALIAS, this::set)
        .on(Endpoint.GET_ROOM_ID_BY_ALIAS, this::get)
        .on(Endpoint.DELETE_ROOM_ALIAS, this::delete)
        .on(Endpoint.GET_LOCAL_ALIASES, this::list);
  }

  private Future<Reply> set(Exchange exchange) {
    RoomAlias alias = local(exchange);
    String roomId = Identifiers.room(exchange.body().requiredString("room_id"));
    String user = exchange.requester().userId();
    return rights
        .requireJoined(user, roomId)
        .compose(joined -> log.append(List.of(new AliasCreated(alias.value(), roomId, user))))
        .map(
            appended ->
                appended instanceof Appended.Conflict
                    ? Reply.error(
                        MatrixError.of(
                                ErrorCode.UNKNOWN,
                                "Room alias " + alias.value() + " already exists.")
                            .withStatus(CONFLICT))
                    : Reply.empty());
  }

  private Future<Reply> get(Exchange exchange) {
    return aliases.require(alias(exchange)).map(this::answer);
  }

  private Reply answer(AliasRow found) {
    ObjectNode answer = JsonNodeFactory.instance.objectNode().put("room_id", found.roomId());
    answer.putArray("servers").add(serverName);
    return Reply.ok(answer);
  }

  /** Whoever made an alias may take it away, and so may who decides on the room's main alias. */
  private Future<Reply> delete(Exchange exchange) {
    RoomAlias alias = local(exchange);
    Requester requester = exchange.requester();
    return aliases
        .require(alias)
        .compose(
            found ->
                found.creator().equals(requester.userId())
                    ? Future.succeededFuture(found)
                    : rights
                        .requireState(requester, found.roomId(), "m.room.canonical_alias")
                        .map(allowed -> found))
        .compose(found -> log.append(List.of(new AliasDeleted(found.alias(), found.roomId()))))
        .map(appended -> Reply.empty());
  }

  private Future<Reply> list(Exchange exchange) {
    String roomId = Identifiers.room(exchange);
    return VisibleHistory.of(rooms, exchange.requester().userId(), roomId)
        .compose(
            history -> {
              if (!history.readsPresent()) {
                throw new BadRequest(ErrorCode.FORBIDDEN, "You are not in the room " + roomId);
              }
              return rooms.aliases(roomId);
            })
        .map(AliasResource::answer);
  }

  private static Reply answer(List<AliasRow> found) {
    ObjectNode answer = JsonNodeFactory.instance.objectNode();
    ArrayNode names = answer.putArray("aliases");
    found.forEach(row -> names.add(row.alias()));
    return Reply.ok(answer);
  }

  private RoomAlias local(Exchange exchange) {
    RoomAlias alias = alias(exchange);
    if (!aliases.isLocal(alias)) {
      throw Identifiers.invalid(alias.value() + " is an alias of another server");
    }
    return alias;
  }

  private static RoomAlias alias(Exchange exchange) {
    return Identifiers.alias(exchange.path("roomAlias"));
  }
}
