package dev.stele.server.http.client;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.stele.api.Endpoint;
import dev.stele.api.ErrorCode;
import dev.stele.server.event.ClientEvents;
import dev.stele.server.event.EventWriter;
import dev.stele.server.event.ShownEvent;
import dev.stele.server.history.PageToken;
import dev.stele.server.history.VisibleHistory;
import dev.stele.server.http.BadRequest;
import dev.stele.server.http.Bindings;
import dev.stele.server.http.Exchange;
import dev.stele.server.http.Reply;
import dev.stele.server.http.Resource;
import dev.stele.server.projection.Rooms;
import dev.stele.server.projection.StateRow;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Who is in a room. Client-server API, "Getting events for a room". */
public final class MembersResource implements Resource {
  private static final Set<String> MEMBERSHIPS = Set.of("join", "invite", "knock", "leave", "ban");

  private final Rooms rooms;
  private final StateStream stream;

  public MembersResource(Rooms rooms, ClientEvents events, EventWriter writer) {
    this.rooms = rooms;
    this.stream = new StateStream(events, new EventReplies(writer));
  }

  @Override
  public void bind(Bindings bindings) {
    bindings
        .on(Endpoint.GET_MEMBERS_BY_ROOM, this::members)
        .on(Endpoint.GET_JOINED_MEMBERS_BY_ROOM, this::joinedMembers);
  }

  private Future<Reply> members(Exchange exchange) {
    String roomId = Identifiers.room(exchange);
    PageToken at = Tokens.optional(exchange, "at");
    String wanted = membership(exchange, "membership");
    String unwanted = membership(exchange, "not_membership");
    return history(exchange, roomId)
        .map(
            history -> {
              long position =
                  at == null
                      ? ReadableRooms.stateReadableAt(history, roomId)
                      : ReadableRooms.stateReadableAt(history, roomId, position(at));
              boolean now = at == null && history.joined();
              return stream.events(
                  new StateStream.Frame("{\"chunk\":[", "]}"),
                  // Those of one membership are found without looking at the others.
                  now && wanted != null && unwanted == null
                      ? (last, limit) -> rooms.statePages().membersNow(roomId, wanted, last, limit)
                      : (last, limit) -> rooms.statePages().members(roomId, last, limit),
                  row -> row.heldAt(position) && isWanted(row, wanted, unwanted),
                  ReadableRooms.viewer(exchange.requester()));
            });
  }

  /** The last position before the place that a token stands for. */
  private static long position(PageToken at) {
    return at instanceof PageToken.Stream stream
        ? stream.position()
        : ((PageToken.Topological) at).before().position() - 1;
  }

  private static @Nullable String membership(Exchange exchange, String name) {
    String membership = exchange.query(name);
    if (membership != null && !MEMBERSHIPS.contains(membership)) {
      throw Identifiers.invalid(name + " is no membership");
    }
    return membership;
  }

  /** With both given, either is enough. */
  private static boolean isWanted(
      StateRow row, @Nullable String wanted, @Nullable String unwanted) {
    String membership = row.value();
    return (wanted == null && unwanted == null)
        || (wanted != null && wanted.equals(membership))
        || (unwanted != null && !unwanted.equals(membership));
  }

  private Future<Reply> joinedMembers(Exchange exchange) {
    String roomId = Identifiers.room(exchange);
    return history(exchange, roomId)
        .map(
            history -> {
              if (!history.joined()) {
                throw new BadRequest(ErrorCode.FORBIDDEN, "You are not in the room " + roomId);
              }
              return stream.of(
                  new StateStream.Frame("{\"joined\":{", "}}"),
                  (last, limit) -> rooms.statePages().membersNow(roomId, "join", last, limit),
                  row -> true,
                  MembersResource::joined);
            });
  }

  private static Buffer joined(List<ShownEvent> members) {
    ObjectNode joined = JsonNodeFactory.instance.objectNode();
    for (ShownEvent member : members) {
      ObjectNode content = member.event().pdu().content();
      ObjectNode shown = joined.putObject(member.event().pdu().stateKey());
      copy(content, "displayname", shown, "display_name");
      copy(content, "avatar_url", shown, "avatar_url");
    }
    return EventReplies.inside(json -> json.writeTree(joined));
  }

  private static void copy(ObjectNode from, String name, ObjectNode to, String as) {
    if (from.path(name).isTextual()) {
      to.set(as, from.get(name));
    }
  }

  private Future<VisibleHistory> history(Exchange exchange, String roomId) {
    return VisibleHistory.of(rooms, exchange.requester().userId(), roomId);
  }
}
