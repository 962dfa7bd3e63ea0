package dev.stele.server.http.client;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.stele.api.Endpoint;
import dev.stele.api.ErrorCode;
import dev.stele.api.MatrixError;
import dev.stele.server.account.AccountDataChanges;
import dev.stele.server.http.BadRequest;
import dev.stele.server.http.Bindings;
import dev.stele.server.http.Exchange;
import dev.stele.server.http.Reply;
import dev.stele.server.http.Resource;
import dev.stele.server.projection.UserData;
import dev.stele.server.push.PushRule;
import dev.stele.server.push.RuleChange;
import dev.stele.server.push.RuleKind;
import dev.stele.server.push.RuleSet;
import dev.stele.server.push.RuleSet.Place;
import io.vertx.core.Future;
import java.util.List;
import java.util.function.Function;

/** Push rules, which are kept as account data. Client-server API, "Push Rules: API". */
public final class PushRulesResource implements Resource {
  private final UserData data;
  private final AccountDataChanges changes;

  public PushRulesResource(UserData data, AccountDataChanges changes) {
    this.data = data;
    this.changes = changes;
  }

  @Override
  public void bind(Bindings bindings) {
    bindings
        .on(Endpoint.GET_PUSH_RULES, this::getAll)
        .on(Endpoint.GET_PUSH_RULES_GLOBAL, this::getGlobal)
        .on(Endpoint.GET_PUSH_RULE, this::getRule)
        .on(Endpoint.SET_PUSH_RULE, this::setRule)
        .on(Endpoint.DELETE_PUSH_RULE, this::deleteRule)
        .on(Endpoint.IS_PUSH_RULE_ENABLED, exchange -> getPart(exchange, "enabled"))
        .on(Endpoint.SET_PUSH_RULE_ENABLED, this::setEnabled)
        .on(Endpoint.GET_PUSH_RULE_ACTIONS, exchange -> getPart(exchange, "actions"))
        .on(Endpoint.SET_PUSH_RULE_ACTIONS, this::setActions);
  }

  private Future<Reply> getAll(Exchange exchange) {
    return rules(exchange).map(rules -> Reply.ok(rules.json()));
  }

  private Future<Reply> getGlobal(Exchange exchange) {
    return rules(exchange).map(rules -> Reply.ok(rules.json().path("global")));
  }

  private Future<Reply> getRule(Exchange exchange) {
    return rule(exchange).map(Reply::ok);
  }

  private Future<Reply> getPart(Exchange exchange, String part) {
    return rule(exchange)
        .map(
            rule -> {
              ObjectNode answer = JsonNodeFactory.instance.objectNode();
              answer.set(part, rule.get(part));
              return Reply.ok(answer);
            });
  }

  private Future<Reply> setRule(Exchange exchange) {
    RuleKind kind = PushRuleRequest.kind(exchange);
    PushRule rule = PushRuleRequest.rule(PushRuleRequest.ownRule(exchange), kind, exchange.body());
    Place place = PushRuleRequest.place(exchange);
    return change(exchange, rules -> rules.put(kind, rule, place));
  }

  private Future<Reply> deleteRule(Exchange exchange) {
    RuleKind kind = PushRuleRequest.kind(exchange);
    String id = PushRuleRequest.ownRule(exchange);
    return change(exchange, rules -> rules.delete(kind, id));
  }

  private Future<Reply> setEnabled(Exchange exchange) {
    RuleKind kind = PushRuleRequest.kind(exchange);
    String id = exchange.path("ruleId");
    boolean enabled = exchange.body().requiredBool("enabled");
    return change(exchange, rules -> rules.enable(kind, id, enabled));
  }

  private Future<Reply> setActions(Exchange exchange) {
    RuleKind kind = PushRuleRequest.kind(exchange);
    String id = exchange.path("ruleId");
    List<JsonNode> actions = PushRuleRequest.actions(exchange.body());
    return change(exchange, rules -> rules.act(kind, id, actions));
  }

  private Future<RuleSet> rules(Exchange exchange) {
    String userId = exchange.requester().userId();
    return data.accountData(userId, UserData.GLOBAL, RuleSet.TYPE)
        .map(stored -> RuleSet.of(userId, stored.orElse(null)));
  }

  private Future<JsonNode> rule(Exchange exchange) {
    String id = exchange.path("ruleId");
    return rules(exchange)
        .map(
            rules ->
                RuleKind.of(exchange.path("kind"))
                    .flatMap(kind -> rules.rule(kind, id).map(rule -> rule.json(kind)))
                    .orElseThrow(() -> refusal(RuleChange.Reason.NO_SUCH_RULE)));
  }

  private Future<Reply> change(Exchange exchange, Function<RuleSet, RuleChange> change) {
    String userId = exchange.requester().userId();
    return changes
        .change(userId, UserData.GLOBAL, RuleSet.TYPE, stored -> changed(userId, stored, change))
        .map(done -> Reply.empty());
  }

  private static ObjectNode changed(
      String userId, ObjectNode stored, Function<RuleSet, RuleChange> change) {
    RuleSet before = RuleSet.of(userId, stored);
    RuleChange outcome = change.apply(before);
    if (outcome instanceof RuleChange.Changed changed) {
      ObjectNode after = changed.rules().json();
      return after.equals(before.json()) ? stored : after;
    }
    throw refusal(((RuleChange.Refused) outcome).reason());
  }

  private static BadRequest refusal(RuleChange.Reason reason) {
    return switch (reason) {
      case NO_SUCH_RULE -> new BadRequest(ErrorCode.NOT_FOUND, "There is no such push rule");
      case NO_SUCH_NEIGHBOUR ->
          new BadRequest(
              MatrixError.of(ErrorCode.UNKNOWN, "The rule of before or after is not there")
                  .withStatus(400));
      case TOO_MANY -> new BadRequest(ErrorCode.TOO_LARGE, "You have too many push rules");
    };
  }
}
