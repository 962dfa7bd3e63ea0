package dev.stele.server.http;

import dev.stele.api.Endpoint;
import dev.stele.api.ErrorCode;
import dev.stele.api.Limits;
import dev.stele.api.MatrixError;
import dev.stele.api.Method;
import dev.stele.eventstore.Overloaded;
import io.vertx.core.Future;
import io.vertx.core.Handler;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import java.util.EnumSet;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Takes each request of one listener on one event loop through its steps: receive the body, find
 * the operation, learn who asks, take it from the allowance, handle it, answer. When too many are
 * under way it goes none of them, but is refused unread.
 */
final class Dispatcher implements Handler<HttpServerRequest> {
  private static final Map<HttpMethod, Method> METHODS =
      Map.of(
          HttpMethod.GET, Method.GET,
          HttpMethod.POST, Method.POST,
          HttpMethod.PUT, Method.PUT,
          HttpMethod.DELETE, Method.DELETE);

  /** What waits for something to happen, as long as its client wishes. */
  private static final Set<Endpoint> WAITING =
      Set.copyOf(EnumSet.of(Endpoint.SYNC, Endpoint.SLIDING_SYNC, Endpoint.PEEK_EVENTS));

  private final Edge edge;
  private final ListenerOptions listener;
  private final RouteTable routes;
  private final Map<String, PlainHandler> plain;
  private final LoopLimits limits;
  private final RequestIds ids = new RequestIds();

  Dispatcher(Edge edge, ListenerOptions listener, LoopLimits limits) {
    this.edge = edge;
    this.listener = listener;
    this.routes = edge.routes(listener);
    this.plain = edge.plain(listener);
    this.limits = limits;
  }

  @Override
  public void handle(HttpServerRequest request) {
    Handler<HttpServerRequest> fallback = edge.fallback();
    String path = path(request);
    if (fallback != null && !Paths.belongToMatrix(path) && !plain.containsKey(path)) {
      fallback.handle(request);
      return;
    }
    if (limits.underWay().isFull() && mayBeRefused(request, path)) {
      limits.underWay().refuse();
      Refusal.send(request, ids.next());
      return;
    }
    var call = new Call(request, ids.next(), Vertx.currentContext(), System.nanoTime());
    new BodyReader(request, Limits.MAX_BODY_BYTES, limits.bodies())
        .read()
        .compose(body -> answer(call, path, body))
        .onComplete(
            reply -> edge.responder().send(call, reply),
            failure -> edge.responder().fail(call, failure));
  }

  /**
   * Whether it would count as under way, and may be answered before its body is there. It may not
   * while its client awaits leave to send the body: a client that gets an answer instead sends the
   * body or does not, and where its next request begins is unknowable.
   */
  private boolean mayBeRefused(HttpServerRequest request, String path) {
    Method method = METHODS.get(request.method());
    if (method == null
        || plain.containsKey(path)
        || request.headers().contains(HttpHeaders.EXPECT)) {
      return false;
    }
    try {
      RouteTable.Match match = routes.find(path).by(method);
      return match != null && !WAITING.contains(match.endpoint());
    } catch (BadRequest e) {
      return false;
    }
  }

  private Future<Reply> answer(Call call, String path, Buffer body) {
    HttpMethod method = call.request.method();
    if (method.equals(HttpMethod.OPTIONS)) {
      return Future.succeededFuture(Reply.empty());
    }
    PlainHandler handler = plain.get(path);
    if (handler != null && method.equals(HttpMethod.GET)) {
      return handler.handle(call.request);
    }
    RouteTable.Found found = handler == null ? routes.find(path) : RouteTable.Found.NOTHING;
    Method known = METHODS.get(method);
    RouteTable.Match match = known == null ? null : found.by(known);
    if (match != null) {
      call.endpoint = match.endpoint();
      if (limits.traced()) {
        RequestSpans.routed(call);
      }
      if (!WAITING.contains(match.endpoint())) {
        if (!limits.underWay().enter()) {
          return Future.failedFuture(new Overloaded());
        }
        call.begin(limits.answers(), limits.underWay());
      }
      return authenticated(call, match, body);
    }
    if (handler == null && !found.exists()) {
      return refusal(MatrixError.of(ErrorCode.UNRECOGNIZED, "There is nothing here"));
    }
    call.request.response().putHeader(HttpHeaders.ALLOW, found.allowed());
    return refusal(MatrixError.of(ErrorCode.UNRECOGNIZED, "Not with this method").withStatus(405));
  }

  private static Future<Reply> refusal(MatrixError error) {
    return Future.succeededFuture(Reply.error(error));
  }

  private Future<Reply> authenticated(Call call, RouteTable.Match match, Buffer body) {
    return edge.access()
        .requester(call.request, match.endpoint())
        .compose(requester -> handled(call, match, body, requester));
  }

  private Future<Reply> handled(
      Call call, RouteTable.Match match, Buffer body, @Nullable Requester requester) {
    edge.access().spend(call.request, match.endpoint(), requester);
    var incoming = new Exchange.Incoming(call.requestId, call.context, listener, body);
    return match.route().handler.handle(new Exchange(call.request, match, incoming, requester));
  }

  private static String path(HttpServerRequest request) {
    String path = request.path();
    return path == null ? "" : path;
  }
}
