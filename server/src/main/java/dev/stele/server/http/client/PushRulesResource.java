package dev.stele.server.http.client;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.stele.api.Endpoint;
import dev.stele.api.ErrorCode;
import dev.stele.server.account.DefaultPushRules;
import dev.stele.server.http.BadRequest;
import dev.stele.server.http.Bindings;
import dev.stele.server.http.Exchange;
import dev.stele.server.http.Reply;
import dev.stele.server.http.Resource;
import io.vertx.core.Future;

/** Reading of push rules. Client-server API, "Push Rules: API". */
public final class PushRulesResource implements Resource {
  @Override
  public void bind(Bindings bindings) {
    bindings
        .on(Endpoint.GET_PUSH_RULES, this::getAll)
        .on(Endpoint.GET_PUSH_RULES_GLOBAL, this::getGlobal)
        .on(Endpoint.GET_PUSH_RULE, this::getRule)
        .on(Endpoint.IS_PUSH_RULE_ENABLED, exchange -> getPart(exchange, "enabled"))
        .on(Endpoint.GET_PUSH_RULE_ACTIONS, exchange -> getPart(exchange, "actions"));
  }

  private Future<Reply> getAll(Exchange exchange) {
    return ok(DefaultPushRules.of(exchange.requester().userId()));
  }

  private Future<Reply> getGlobal(Exchange exchange) {
    return ok(global(exchange));
  }

  private Future<Reply> getRule(Exchange exchange) {
    return ok(rule(exchange));
  }

  private Future<Reply> getPart(Exchange exchange, String part) {
    ObjectNode answer = JsonNodeFactory.instance.objectNode();
    answer.set(part, rule(exchange).get(part));
    return ok(answer);
  }

  private static JsonNode global(Exchange exchange) {
    return DefaultPushRules.of(exchange.requester().userId()).path("global");
  }

  private static JsonNode rule(Exchange exchange) {
    String id = exchange.path("ruleId");
    for (JsonNode rule : global(exchange).path(exchange.path("kind"))) {
      if (rule.path("rule_id").textValue().equals(id)) {
        return rule;
      }
    }
    throw new BadRequest(ErrorCode.NOT_FOUND, "There is no such push rule");
  }

  private static Future<Reply> ok(JsonNode body) {
    return Future.succeededFuture(Reply.ok(body));
  }
}
