package dev.stele.server.http.client;

import com.fasterxml.jackson.databind.JsonNode;
import dev.stele.api.Endpoint;
import dev.stele.api.ErrorCode;
import dev.stele.server.event.Viewer;
import dev.stele.server.http.BadRequest;
import dev.stele.server.http.Bindings;
import dev.stele.server.http.Exchange;
import dev.stele.server.http.Reply;
import dev.stele.server.http.Resource;
import dev.stele.server.presence.Presence.State;
import dev.stele.server.presence.Presences;
import dev.stele.server.sliding.Connections;
import dev.stele.server.sliding.InvalidSlidingRequest;
import dev.stele.server.sliding.RequestReader;
import dev.stele.server.sliding.SlidingRequest;
import dev.stele.server.sync.SlidingAsked;
import dev.stele.server.sync.SyncService;
import io.vertx.core.Future;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Simplified sliding sync, MSC4186. What the proposal has in the body, its unstable form has in the
 * query; both are taken.
 */
public final class SlidingSyncResource implements Resource {
  private static final long MAX_TIMEOUT_MILLIS = 5 * 60_000;
  private static final int MAX_CONNECTION_ID = 255;
  private static final Set<String> PRESENCES = Set.of("offline", "online", "unavailable");

  private final SyncService sync;
  private final PollingPresence presence;

  public SlidingSyncResource(SyncService sync, Presences presences) {
    this.sync = sync;
    this.presence = new PollingPresence(presences);
  }

  @Override
  public void bind(Bindings bindings) {
    var unused = bindings.on(Endpoint.SLIDING_SYNC, this::slidingSync);
  }

  private Future<Reply> slidingSync(Exchange exchange) {
    SlidingRequest request = request(exchange);
    String state = text(exchange, "set_presence");
    if (state != null && !PRESENCES.contains(state)) {
      throw new BadRequest(ErrorCode.INVALID_PARAM, "set_presence is not a presence state");
    }
    Viewer viewer = new Viewer(exchange.requester().userId(), exchange.requester().deviceId());
    SlidingAsked asked =
        new SlidingAsked(viewer, request, base(exchange, viewer), timeout(exchange));
    if (!Optional.ofNullable(asked.inbox()).map(sync::knows).orElse(true)) {
      throw new BadRequest(
          ErrorCode.INVALID_PARAM, "since of to_device is not a token of this server");
    }
    String tokenId = exchange.requester().tokenId();
    Future<Void> gone = exchange.closed();
    return Future.succeededFuture(
        new Reply.Streamed(
            outlet ->
                presence
                    .during(
                        viewer.userId(),
                        State.of(String.valueOf(state)),
                        gone,
                        closed -> sync.sliding(asked, tokenId, closed, outlet))
                    .compose(polled -> outlet.apply(PollReplies.of(polled)))));
  }

  private static SlidingRequest request(Exchange exchange) {
    try {
      return RequestReader.read(exchange.bodyOrEmpty().node());
    } catch (InvalidSlidingRequest e) {
      throw new BadRequest(e.error());
    }
  }

  private Connections.Base base(Exchange exchange, Viewer viewer) {
    String id = text(exchange, "conn_id");
    if (id != null && id.length() > MAX_CONNECTION_ID) {
      throw new BadRequest(ErrorCode.INVALID_PARAM, "conn_id is too long");
    }
    Connections.Name name =
        new Connections.Name(viewer.userId(), viewer.deviceId(), id == null ? "" : id);
    String pos = text(exchange, "pos");
    return pos == null || pos.isEmpty()
        ? sync.connections().open(name)
        : sync.connections()
            .find(name, pos)
            .orElseThrow(
                () ->
                    new BadRequest(
                        ErrorCode.UNKNOWN_POS,
                        "There is no such connection any more; begin a new one"));
  }

  private static Duration timeout(Exchange exchange) {
    JsonNode inBody = exchange.bodyOrEmpty().node().get("timeout");
    if (inBody != null && !inBody.isNull() && !inBody.canConvertToLong()) {
      throw new BadRequest(ErrorCode.BAD_JSON, "timeout must be an integer");
    }
    long otherwise = inBody == null ? 0 : inBody.asLong();
    long timeout = exchange.queryLong("timeout", otherwise);
    if (timeout < 0) {
      throw new BadRequest(ErrorCode.INVALID_PARAM, "timeout must not be negative");
    }
    return Duration.ofMillis(Math.min(timeout, MAX_TIMEOUT_MILLIS));
  }

  private static @Nullable String text(Exchange exchange, String name) {
    String inQuery = exchange.query(name);
    return inQuery != null ? inQuery : exchange.bodyOrEmpty().string(name);
  }
}
