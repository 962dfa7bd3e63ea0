package dev.stele.server.http.client;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.stele.api.Endpoint;
import dev.stele.api.ErrorCode;
import dev.stele.api.Limits;
import dev.stele.server.directory.RoomPreviews;
import dev.stele.server.directory.SpaceChild;
import dev.stele.server.directory.SpaceHierarchy;
import dev.stele.server.directory.SpaceRoom;
import dev.stele.server.directory.SpaceWalk;
import dev.stele.server.directory.SpaceWalks;
import dev.stele.server.http.BadRequest;
import dev.stele.server.http.Bindings;
import dev.stele.server.http.Exchange;
import dev.stele.server.http.Reply;
import dev.stele.server.http.Resource;
import dev.stele.stateres.event.Pdu;
import io.vertx.core.Future;

/** What spaces hold. Client-server API, "Spaces". */
public final class SpaceResource implements Resource {
  private final RoomPreviews previews;
  private final SpaceHierarchy hierarchy;
  private final SpaceWalks walks;

  public SpaceResource(RoomPreviews previews, SpaceHierarchy hierarchy, SpaceWalks walks) {
    this.previews = previews;
    this.hierarchy = hierarchy;
    this.walks = walks;
  }

  @Override
  public void bind(Bindings bindings) {
    bindings.on(Endpoint.GET_SPACE_HIERARCHY, this::get);
  }

  private Future<Reply> get(Exchange exchange) {
    String roomId = Identifiers.room(exchange);
    String user = exchange.requester().userId();
    long limit = exchange.queryLong("limit", Limits.MAX_SPACE_ROOMS);
    if (limit < 1) {
      throw Identifiers.invalid("limit must be greater than zero");
    }
    SpaceWalk walk = walk(exchange, user, roomId);
    return previews
        .of(user, roomId)
        .compose(
            found -> {
              if (found.isEmpty()) {
                throw new BadRequest(
                    ErrorCode.FORBIDDEN, "You are not allowed to view the room " + roomId);
              }
              return hierarchy.walk(walk, (int) Math.min(limit, Limits.MAX_SPACE_ROOMS));
            })
        .map(this::answer);
  }

  private SpaceWalk walk(Exchange exchange, String user, String roomId) {
    String from = exchange.query("from");
    boolean suggested = exchange.queryBool("suggested_only", false);
    long depth = exchange.queryLong("max_depth", Limits.MAX_SPACE_DEPTH);
    if (depth < 0) {
      throw Identifiers.invalid("max_depth must not be negative");
    }
    int maxDepth = (int) Math.min(depth, Limits.MAX_SPACE_DEPTH);
    if (from == null) {
      return SpaceWalk.from(user, roomId, suggested, maxDepth);
    }
    SpaceWalk walk =
        walks
            .find(from, user, roomId)
            .orElseThrow(() -> Identifiers.invalid("from is unknown, or has expired"));
    if ((exchange.query("suggested_only") != null && suggested != walk.suggestedOnly())
        || (exchange.query("max_depth") != null && maxDepth != walk.maxDepth())) {
      throw Identifiers.invalid("suggested_only and max_depth cannot change on paginated requests");
    }
    return walk;
  }

  private Reply answer(SpaceHierarchy.Page page) {
    ObjectNode answer = JsonNodeFactory.instance.objectNode();
    ArrayNode rooms = answer.putArray("rooms");
    page.rooms().forEach(room -> rooms.add(json(room)));
    page.rest().ifPresent(rest -> answer.put("next_batch", walks.keep(rest)));
    return Reply.ok(answer);
  }

  private static ObjectNode json(SpaceRoom room) {
    ObjectNode json = RoomSummaryJson.whole(room.room());
    ArrayNode children = json.putArray("children_state");
    for (SpaceChild child : room.children()) {
      Pdu event = child.event();
      children
          .addObject()
          .put("type", event.type())
          .put("state_key", event.stateKey())
          .put("sender", event.sender())
          .put("origin_server_ts", event.originServerTs())
          .set("content", event.content());
    }
    return json;
  }
}
