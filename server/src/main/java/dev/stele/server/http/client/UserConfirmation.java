package dev.stele.server.http.client;

import dev.stele.server.account.InteractiveAuth;
import dev.stele.server.account.InteractiveAuth.Step;
import dev.stele.server.account.Operation;
import dev.stele.server.http.Body;
import dev.stele.server.http.Exchange;
import dev.stele.server.http.Reply;
import dev.stele.server.http.Requester;
import io.vertx.core.Future;
import java.util.List;
import java.util.function.Function;

/**
 * Lets users do what is dangerous only after they have shown, by their password, that it is still
 * them. Client-server API, "User-Interactive Authentication API".
 */
public final class UserConfirmation {
  private static final List<List<String>> FLOWS = List.of(List.of(InteractiveAuth.PASSWORD));

  private final InteractiveAuth auth;

  public UserConfirmation(InteractiveAuth auth) {
    this.auth = auth;
  }

  /** Carries out an operation that the path says all about but its parameters. */
  public Future<Reply> require(Exchange exchange, Function<Body, Future<Reply>> operation) {
    return require(exchange, "", operation);
  }

  /**
   * Carries out an operation once the requester has confirmed it; what it is given are the
   * request's parameters without {@code auth}. Until then the answer is 401 with the flows.
   *
   * @param target what the path names, for which alone the confirmation holds
   */
  public Future<Reply> require(
      Exchange exchange, String target, Function<Body, Future<Reply>> operation) {
    return require(exchange, Operation.Kind.REPEATABLE, target, operation);
  }

  /** The same for what one confirmation must not do twice. */
  public Future<Reply> requireEachTime(Exchange exchange, Function<Body, Future<Reply>> operation) {
    return require(exchange, Operation.Kind.ONCE, "", operation);
  }

  private Future<Reply> require(
      Exchange exchange,
      Operation.Kind kind,
      String target,
      Function<Body, Future<Reply>> operation) {
    Requester who = exchange.requester();
    Operation asked =
        new Operation(exchange.endpoint(), target, kind, who.userId(), who.deviceId(), FLOWS);
    return auth.advance(asked, exchange.bodyOrEmpty().node())
        .compose(step -> reply(step, operation));
  }

  static Future<Reply> reply(Step step, Function<Body, Future<Reply>> operation) {
    if (step instanceof Step.Proceed proceed) {
      return operation.apply(new Body(proceed.parameters()));
    }
    return Future.succeededFuture(
        step instanceof Step.Challenge challenge
            ? Reply.json(401, challenge.body())
            : Reply.error(((Step.Refused) step).error()));
  }
}
