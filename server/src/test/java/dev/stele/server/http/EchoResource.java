package dev.stele.server.http;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.stele.api.Endpoint;
import dev.stele.eventstore.Overloaded;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.buffer.Buffer;
import java.util.concurrent.atomic.AtomicInteger;

/** Tells back what the edge made of a request, and fails in every way a handler can. */
final class EchoResource implements Resource {
  private static final Buffer PLAIN = Buffer.buffer("up 1\n");

  /** Completes when a sync request has come; it is never answered. */
  final Promise<Void> polling = Promise.promise();

  /** How many sync requests have come. */
  final AtomicInteger polls = new AtomicInteger();

  /** Completes when the client of that request has left. */
  final Promise<Void> pollClosed = Promise.promise();

  /** The answer to who asks for public rooms. */
  final Promise<Reply> late = Promise.promise();

  @Override
  public void bind(Bindings b) {
    b.on(Endpoint.GET_VERSIONS, this::echo);
    b.on(Endpoint.LOGIN, x -> echo(x, x.body()));
    b.on(Endpoint.LOGOUT, x -> echo(x, x.bodyOrEmpty()));
    b.on(Endpoint.SEND_MESSAGE, x -> echo(x, x.body()));
    b.on(Endpoint.GET_ROOM_STATE_WITH_KEY, this::echo);
    b.on(Endpoint.GET_ROOM_STATE, this::echo);
    b.on(Endpoint.GET_PUSH_RULES, this::echo);
    b.on(Endpoint.GET_PUSH_RULE, this::echo);
    b.on(
        Endpoint.GET_ROOM_EVENTS, x -> echo(x, "limit", Integer.toString(x.queryInt("limit", 10))));
    b.on(
        Endpoint.GET_MEMBERS_BY_ROOM,
        x -> Future.succeededFuture(Reply.ok(told(x).put("secure", x.listener().tls() != null))));
    b.on(Endpoint.GET_TOKEN_OWNER, x -> Future.failedFuture(new Overloaded()));
    b.on(Endpoint.GET_CAPABILITIES, x -> Future.failedFuture(new IllegalStateException("secret")));
    b.on(
        Endpoint.GET_JOINED_ROOMS,
        x -> {
          throw new IllegalStateException("secret");
        });
    b.on(
        Endpoint.SYNC,
        x -> {
          x.closed().onSuccess(pollClosed::tryComplete);
          polls.incrementAndGet();
          boolean unused = polling.tryComplete();
          return Promise.<Reply>promise().future();
        });
    b.on(Endpoint.GET_PUBLIC_ROOMS, x -> late.future());
    b.onPlain("/metrics", request -> Future.succeededFuture(Reply.bytes(200, "text/plain", PLAIN)));
  }

  private Future<Reply> echo(Exchange x, Body body) {
    return Future.succeededFuture(Reply.ok(told(x).set("body", body.node())));
  }

  private Future<Reply> echo(Exchange x, String name, String value) {
    return Future.succeededFuture(Reply.ok(told(x).put(name, value)));
  }

  private Future<Reply> echo(Exchange x) {
    return Future.succeededFuture(Reply.ok(told(x)));
  }

  private static ObjectNode told(Exchange x) {
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    json.put("operation", x.endpoint().operationId());
    for (String name : Segments.parameters(x.endpoint().path())) {
      json.put(name, x.path(name));
    }
    Requester requester = x.requesterIfAny();
    if (requester != null) {
      json.put("by", requester.userId());
    }
    return json;
  }
}
