package dev.stele.server.http.client;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.stele.api.Endpoint;
import dev.stele.api.ErrorCode;
import dev.stele.server.http.BadRequest;
import dev.stele.server.http.Bindings;
import dev.stele.server.http.EndpointHandler;
import dev.stele.server.http.Exchange;
import dev.stele.server.http.Reply;
import dev.stele.server.http.Resource;
import io.vertx.core.Future;

/**
 * Networks other than Matrix. Application services would bring them; without any, there is no
 * protocol, and nobody and nowhere to be found on one. Client-server API, "Third-party Lookups".
 */
public final class ThirdPartyResource implements Resource {
  @Override
  public void bind(Bindings bindings) {
    bindings
        .on(Endpoint.GET_PROTOCOLS, exchange -> reply(Reply.ok(noProtocols())))
        .on(Endpoint.GET_PROTOCOL_METADATA, exchange -> nothing("There is no such protocol"))
        .on(Endpoint.QUERY_LOCATION_BY_PROTOCOL, exchange -> nothing("There is no such protocol"))
        .on(Endpoint.QUERY_USER_BY_PROTOCOL, exchange -> nothing("There is no such protocol"))
        .on(Endpoint.QUERY_LOCATION_BY_ALIAS, reverse("alias"))
        .on(Endpoint.QUERY_USER_BY_ID, reverse("userid"));
  }

  private static EndpointHandler reverse(String parameter) {
    return exchange -> {
      require(exchange, parameter);
      return nothing("No other network knows this");
    };
  }

  private static void require(Exchange exchange, String parameter) {
    if (exchange.query(parameter) == null) {
      throw new BadRequest(ErrorCode.MISSING_PARAM, "Missing: " + parameter);
    }
  }

  private static ObjectNode noProtocols() {
    return JsonNodeFactory.instance.objectNode();
  }

  private static Future<Reply> nothing(String message) {
    return reply(Reply.error(ErrorCode.NOT_FOUND, message));
  }

  private static Future<Reply> reply(Reply reply) {
    return Future.succeededFuture(reply);
  }
}
