package dev.stele.server.http.client;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.stele.api.Endpoint;
import dev.stele.api.ErrorCode;
import dev.stele.server.event.Viewer;
import dev.stele.server.filter.Filter;
import dev.stele.server.filter.InvalidFilter;
import dev.stele.server.http.BadRequest;
import dev.stele.server.http.Bindings;
import dev.stele.server.http.Exchange;
import dev.stele.server.http.Reply;
import dev.stele.server.http.Resource;
import dev.stele.server.presence.Presence.State;
import dev.stele.server.presence.Presences;
import dev.stele.server.projection.Accounts;
import dev.stele.server.sync.SyncRequest;
import dev.stele.server.sync.SyncService;
import dev.stele.server.sync.SyncToken;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.cache.CaffeineCacheMetrics;
import io.vertx.core.Future;
import java.time.Duration;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** {@code /sync}. Client-server API, "Syncing". */
public final class SyncResource implements Resource {
  private static final ObjectMapper MAPPER = new JsonMapper();
  private static final long MAX_TIMEOUT_MILLIS = 5 * 60_000;
  private static final Set<String> PRESENCES = Set.of("offline", "online", "unavailable");

  private static final int KEPT_FILTERS = 1_000;
  private static final int MAX_KEPT_CHARS = 2_000;

  private final Cache<String, Filter> inlineFilters =
      Caffeine.newBuilder().maximumSize(KEPT_FILTERS).recordStats().build();
  private final SyncService sync;
  private final Accounts accounts;
  private final PollingPresence presence;

  public SyncResource(SyncService sync, Accounts accounts, Presences presences) {
    this.presence = new PollingPresence(presences);
    this.sync = sync;
    this.accounts = accounts;
  }

  /** Counts the filters that are kept. */
  void monitor(MeterRegistry metrics) {
    CaffeineCacheMetrics.monitor(metrics, inlineFilters, "stele.inline_filters");
  }

  @Override
  public void bind(Bindings bindings) {
    var unused = bindings.on(Endpoint.SYNC, this::sync);
  }

  private Future<Reply> sync(Exchange exchange) {
    String state = exchange.query("set_presence", "online");
    if (!PRESENCES.contains(state)) {
      throw new BadRequest(ErrorCode.INVALID_PARAM, "set_presence is not a presence state");
    }
    @Nullable SyncToken since = since(exchange);
    boolean fullState = exchange.queryBool("full_state", false);
    boolean stateAfter = exchange.queryBool("use_state_after", false);
    long timeout = exchange.queryLong("timeout", 0);
    if (timeout < 0) {
      throw new BadRequest(ErrorCode.INVALID_PARAM, "timeout must not be negative");
    }
    Viewer viewer = new Viewer(exchange.requester().userId(), exchange.requester().deviceId());
    String tokenId = exchange.requester().tokenId();
    Future<Void> gone = exchange.closed();
    return filter(exchange, viewer.userId())
        .map(
            filter ->
                new SyncRequest(
                    viewer,
                    since,
                    fullState,
                    stateAfter,
                    state,
                    Duration.ofMillis(Math.min(timeout, MAX_TIMEOUT_MILLIS)),
                    filter))
        .map(
            request ->
                new Reply.Streamed(
                    outlet ->
                        presence
                            .during(
                                viewer.userId(),
                                State.of(exchange.query("set_presence", "")),
                                gone,
                                closed -> sync.sync(request, tokenId, closed, outlet))
                            .compose(polled -> outlet.apply(PollReplies.of(polled)))));
  }

  private @Nullable SyncToken since(Exchange exchange) {
    String text = exchange.query("since");
    if (text == null || text.isEmpty()) {
      return null;
    }
    return SyncToken.parse(text)
        .filter(sync::knows)
        .orElseThrow(
            () -> new BadRequest(ErrorCode.INVALID_PARAM, "since is not a token of this server"));
  }

  /** The filter: JSON in the query itself, or the id of one that the user stored. */
  private Future<Filter> filter(Exchange exchange, String userId) {
    String text = exchange.query("filter");
    if (text == null || text.isEmpty()) {
      return Future.succeededFuture(Filter.NONE);
    }
    if (text.startsWith("{")) {
      return Future.succeededFuture(inlineFilter(text));
    }
    return accounts
        .filter(userId, text)
        .map(
            stored ->
                parse(
                    stored.orElseThrow(
                        () -> new BadRequest(ErrorCode.INVALID_PARAM, "There is no such filter"))));
  }

  /** Clients that name no stored filter send the same text with each of their polls. */
  private Filter inlineFilter(String text) {
    Filter known = inlineFilters.getIfPresent(text);
    if (known != null) {
      return known;
    }
    Filter parsed = parse(inline(text));
    if (text.length() <= MAX_KEPT_CHARS) {
      inlineFilters.put(text, parsed);
    }
    return parsed;
  }

  private static ObjectNode inline(String text) {
    try {
      if (MAPPER.readTree(text) instanceof ObjectNode object) {
        return object;
      }
    } catch (JsonProcessingException e) {
      throw new BadRequest(ErrorCode.NOT_JSON, "filter is not JSON");
    }
    throw new BadRequest(ErrorCode.INVALID_PARAM, "filter is not a JSON object");
  }

  private static Filter parse(ObjectNode json) {
    try {
      return Filter.parse(json);
    } catch (InvalidFilter e) {
      throw new BadRequest(ErrorCode.INVALID_PARAM, String.valueOf(e.getMessage()));
    }
  }
}
