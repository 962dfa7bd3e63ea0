package dev.stele.server.http.client;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.stele.api.Endpoint;
import dev.stele.api.ErrorCode;
import dev.stele.api.Limits;
import dev.stele.api.MatrixError;
import dev.stele.server.http.BadRequest;
import dev.stele.server.http.Bindings;
import dev.stele.server.http.Body;
import dev.stele.server.http.Exchange;
import dev.stele.server.http.Reply;
import dev.stele.server.http.Resource;
import dev.stele.server.projection.PublicRooms;
import dev.stele.server.projection.PublicRooms.Page;
import dev.stele.server.projection.PublicRooms.Place;
import dev.stele.server.projection.PublicRooms.Query;
import dev.stele.server.projection.RoomSummary;
import io.vertx.core.Future;
import java.util.List;
import java.util.OptionalLong;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** The rooms that anybody may find. Client-server API, "Published room directory". */
public final class PublicRoomsResource implements Resource {
  private static final int MAX_TYPES = 50;
  private static final int BAD_GATEWAY = 502;
  private static final Query WHOLE = new Query("", null, null, false, Limits.DEFAULT_PUBLIC_ROOMS);

  private final String serverName;
  private final PublicRooms rooms;

  public PublicRoomsResource(String serverName, PublicRooms rooms) {
    this.serverName = serverName;
    this.rooms = rooms;
  }

  @Override
  public void bind(Bindings bindings) {
    bindings.on(Endpoint.GET_PUBLIC_ROOMS, this::get).on(Endpoint.QUERY_PUBLIC_ROOMS, this::query);
  }

  private Future<Reply> get(Exchange exchange) {
    requireOurs(exchange);
    long limit = exchange.queryLong("limit", WHOLE.limit());
    return list(page(WHOLE, limit, exchange.query("since")));
  }

  private Future<Reply> query(Exchange exchange) {
    requireOurs(exchange);
    Body body = exchange.bodyOrEmpty();
    Query page = page(WHOLE, body.integer("limit", WHOLE.limit()), body.string("since"));
    ObjectNode filter = body.object("filter");
    Query query = filter == null ? page : filtered(page, new Body(filter));
    return isOfAnotherNetwork(body)
        ? Future.succeededFuture(answer(query, new Page(List.of(), false), OptionalLong.of(0)))
        : list(query);
  }

  /** There are no application services that could bring other networks. */
  private static boolean isOfAnotherNetwork(Body body) {
    boolean everything = body.bool("include_all_networks", false);
    boolean one = body.string("third_party_instance_id") != null;
    if (everything && one) {
      throw Identifiers.invalid("third_party_instance_id goes without include_all_networks only");
    }
    return one;
  }

  private Future<Reply> list(Query query) {
    return rooms
        .list(query)
        .compose(page -> rooms.count().map(counted -> answer(query, page, counted)));
  }

  private void requireOurs(Exchange exchange) {
    String server = exchange.query("server", serverName);
    if (!server.equals(serverName)) {
      throw new BadRequest(
          MatrixError.of(
                  ErrorCode.UNKNOWN, "This server does not federate; it cannot ask " + server)
              .withStatus(BAD_GATEWAY));
    }
  }

  private static Query page(Query query, long limit, @Nullable String since) {
    if (limit < 1) {
      throw Identifiers.invalid("limit must be at least 1");
    }
    int most = (int) Math.min(limit, Limits.MAX_PUBLIC_ROOMS);
    if (since == null || since.isEmpty()) {
      return new Query(query.term(), query.types(), null, false, most);
    }
    PublicRoomsToken token = PublicRoomsToken.parse(since);
    return new Query(query.term(), query.types(), token.place(), token.backwards(), most);
  }

  private static Query filtered(Query query, Body filter) {
    return new Query(
        filter.string("generic_search_term", ""),
        types(filter.value("room_types")),
        query.from(),
        query.backwards(),
        query.limit());
  }

  private static @Nullable List<String> types(@Nullable JsonNode types) {
    if (types == null) {
      return null;
    }
    TreeSet<String> wanted = new TreeSet<>();
    for (JsonNode type : types) {
      if (!type.isTextual() && !type.isNull()) {
        throw new BadRequest(ErrorCode.BAD_JSON, "room_types must be strings or null");
      }
      wanted.add(type.isNull() ? "" : type.textValue().replace("\0", ""));
    }
    if (!types.isArray()) {
      throw new BadRequest(ErrorCode.BAD_JSON, "room_types must be an array");
    }
    if (wanted.size() > MAX_TYPES) {
      throw Identifiers.invalid("room_types has more than " + MAX_TYPES + " types");
    }
    return List.copyOf(wanted);
  }

  private static Reply answer(Query query, Page page, OptionalLong counted) {
    ObjectNode answer = JsonNodeFactory.instance.objectNode();
    ArrayNode chunk = answer.putArray("chunk");
    page.rooms().forEach(room -> chunk.add(RoomSummaryJson.chunk(room)));
    counted.ifPresent(rooms -> answer.put("total_room_count_estimate", rooms));
    boolean before = query.backwards() ? page.more() : query.from() != null;
    boolean behind = query.backwards() || page.more();
    if (!page.rooms().isEmpty()) {
      if (before) {
        answer.put("prev_batch", token(page.rooms().get(0), true));
      }
      if (behind) {
        answer.put("next_batch", token(page.rooms().get(page.rooms().size() - 1), false));
      }
    }
    return Reply.ok(answer);
  }

  private static String token(RoomSummary room, boolean backwards) {
    return new PublicRoomsToken(Place.of(room), backwards).toString();
  }
}
