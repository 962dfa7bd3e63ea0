package dev.stele.server.http.client;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.stele.api.Endpoint;
import dev.stele.api.ErrorCode;
import dev.stele.server.account.StoredFilters;
import dev.stele.server.filter.Filter;
import dev.stele.server.filter.InvalidFilter;
import dev.stele.server.http.BadRequest;
import dev.stele.server.http.Bindings;
import dev.stele.server.http.Exchange;
import dev.stele.server.http.Reply;
import dev.stele.server.http.Resource;
import dev.stele.stateres.json.InvalidJson;
import io.vertx.core.Future;

/** Filters that clients store and name by their ids later. Client-server API, "Filtering". */
public final class FilterResource implements Resource {
  private final StoredFilters filters;

  public FilterResource(StoredFilters filters) {
    this.filters = filters;
  }

  @Override
  public void bind(Bindings bindings) {
    bindings.on(Endpoint.DEFINE_FILTER, this::define).on(Endpoint.GET_FILTER, this::get);
  }

  private Future<Reply> define(Exchange exchange) {
    String userId = Own.userId(exchange);
    ObjectNode filter = exchange.body().node();
    return store(userId, filter)
        .map(id -> Reply.ok(JsonNodeFactory.instance.objectNode().put("filter_id", id)));
  }

  private Future<String> store(String userId, ObjectNode filter) {
    try {
      var unused = Filter.parse(filter);
      return filters.store(userId, filter);
    } catch (InvalidFilter e) {
      throw new BadRequest(e.error());
    } catch (InvalidJson e) {
      throw new BadRequest(ErrorCode.BAD_JSON, "The filter has no canonical JSON");
    }
  }

  private Future<Reply> get(Exchange exchange) {
    return filters
        .get(Own.userId(exchange), exchange.path("filterId"))
        .map(
            filter ->
                filter
                    .map(Reply::ok)
                    .orElseGet(() -> Reply.error(ErrorCode.NOT_FOUND, "No such filter")));
  }
}
