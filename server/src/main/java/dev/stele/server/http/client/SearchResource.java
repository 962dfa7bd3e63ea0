package dev.stele.server.http.client;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.stele.api.Endpoint;
import dev.stele.api.ErrorCode;
import dev.stele.api.Limits;
import dev.stele.server.event.EventWriter;
import dev.stele.server.filter.InvalidFilter;
import dev.stele.server.filter.RoomEventFilter;
import dev.stele.server.http.BadRequest;
import dev.stele.server.http.Bindings;
import dev.stele.server.http.Body;
import dev.stele.server.http.Exchange;
import dev.stele.server.http.Reply;
import dev.stele.server.http.Resource;
import dev.stele.server.search.GroupKind;
import dev.stele.server.search.RoomSearch;
import dev.stele.server.search.SearchRequest;
import dev.stele.server.search.SearchRequest.Surroundings;
import dev.stele.server.search.SearchToken;
import io.vertx.core.Future;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Searching rooms. Client-server API, "Server Side Search". */
public final class SearchResource implements Resource {
  private static final int DEFAULT_AROUND = 5;
  private static final int MAX_AROUND = 20;
  private static final int MAX_RESULTS = 100;

  /** Which type of event each key is searched in. */
  private static final Map<String, String> TYPES =
      Map.of(
          "content.body", "m.room.message",
          "content.name", "m.room.name",
          "content.topic", "m.room.topic");

  private final RoomSearch search;
  private final SearchReplies replies;

  public SearchResource(RoomSearch search, EventWriter writer) {
    this.search = search;
    this.replies = new SearchReplies(writer);
  }

  @Override
  public void bind(Bindings bindings) {
    bindings.on(Endpoint.SEARCH, this::search);
  }

  private Future<Reply> search(Exchange exchange) {
    ObjectNode categories = exchange.body().requiredObject("search_categories");
    ObjectNode criteria = new Body(categories).object("room_events");
    if (criteria == null) {
      return Future.succeededFuture(SearchReplies.nothing());
    }
    SearchRequest request = request(new Body(criteria), from(exchange));
    return search
        .search(request, exchange.requester().userId())
        .map(results -> replies.of(request, results, ReadableRooms.viewer(exchange.requester())));
  }

  private static SearchToken from(Exchange exchange) {
    String text = exchange.query("next_batch");
    return text == null || text.isEmpty()
        ? SearchRequest.START
        : SearchToken.parse(text)
            .orElseThrow(() -> Identifiers.invalid("next_batch is not a token of this server"));
  }

  private static SearchRequest request(Body criteria, SearchToken from) {
    RoomEventFilter filter = filter(criteria.object("filter"));
    String order = criteria.string("order_by", "rank");
    if (!order.equals("rank") && !order.equals("recent")) {
      throw Identifiers.invalid("order_by must be rank or recent");
    }
    return new SearchRequest(
        criteria.requiredString("search_term"),
        types(criteria),
        filter,
        order.equals("rank"),
        surroundings(criteria.object("event_context")),
        criteria.bool("include_state", false),
        groups(criteria.object("groupings")),
        Math.max(1, filter.events().limit(Limits.DEFAULT_PAGE, MAX_RESULTS)),
        from);
  }

  private static RoomEventFilter filter(@Nullable ObjectNode filter) {
    try {
      return filter == null ? RoomEventFilter.ALL : RoomEventFilter.parse(filter);
    } catch (InvalidFilter e) {
      throw new BadRequest(e.error());
    }
  }

  private static List<String> types(Body criteria) {
    if (!criteria.has("keys")) {
      return List.copyOf(TYPES.values());
    }
    Set<String> types = new LinkedHashSet<>();
    for (String key : criteria.strings("keys")) {
      String type = TYPES.get(key);
      if (type == null) {
        throw Identifiers.invalid(
            "keys must be among " + TYPES.keySet().stream().sorted().toList());
      }
      types.add(type);
    }
    return List.copyOf(types);
  }

  private static @Nullable Surroundings surroundings(@Nullable ObjectNode context) {
    if (context == null) {
      return null;
    }
    Body body = new Body(context);
    return new Surroundings(
        around(body, "before_limit"),
        around(body, "after_limit"),
        body.bool("include_profile", false));
  }

  private static int around(Body context, String field) {
    long limit = context.integer(field, DEFAULT_AROUND);
    if (limit < 0) {
      throw Identifiers.invalid(field + " must not be negative");
    }
    return (int) Math.min(limit, MAX_AROUND);
  }

  private static List<GroupKind> groups(@Nullable ObjectNode groupings) {
    Set<GroupKind> kinds = new LinkedHashSet<>();
    if (groupings != null) {
      for (ObjectNode group : new Body(groupings).objects("group_by")) {
        kinds.add(
            GroupKind.of(new Body(group).string("key", ""))
                .orElseThrow(
                    () ->
                        new BadRequest(
                            ErrorCode.INVALID_PARAM, "group_by takes room_id and sender")));
      }
    }
    return List.copyOf(kinds);
  }
}
