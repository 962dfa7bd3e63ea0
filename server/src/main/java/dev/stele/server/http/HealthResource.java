package dev.stele.server.http;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.vertx.core.Future;
import java.util.List;
import java.util.function.Supplier;

/**
 * Whether the process lives ({@code /health}), and whether it should be sent requests ({@code
 * /ready}), on every listener, for supervisors and load balancers.
 */
public final class HealthResource implements Resource {
  private static final int UNAVAILABLE = 503;

  private final Supplier<Future<List<String>>> obstacles;

  /**
   * @param obstacles tells what keeps the server from serving, in a word each; to be asked often,
   *     and to answer soon
   */
  public HealthResource(Supplier<Future<List<String>>> obstacles) {
    this.obstacles = obstacles;
  }

  @Override
  public void bind(Bindings bindings) {
    bindings
        .onEveryListener("/health", request -> Future.succeededFuture(reply(List.of())))
        .onEveryListener("/ready", request -> obstacles.get().map(HealthResource::reply));
  }

  private static Reply reply(List<String> obstacles) {
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    if (obstacles.isEmpty()) {
      return Reply.ok(json.put("status", "ok"));
    }
    json.put("status", "unavailable");
    obstacles.forEach(json.putArray("because")::add);
    return Reply.json(UNAVAILABLE, json);
  }
}
