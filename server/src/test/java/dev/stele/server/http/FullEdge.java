package dev.stele.server.http;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.util.List;

/** An edge that has as many requests under way as it takes on, until it is relieved of them. */
final class FullEdge implements AutoCloseable {
  static final int MOST = 2;

  final TestEdge edge;
  final EchoResource resource = new EchoResource();

  private FullEdge(List<ListenerOptions> listeners) {
    edge = new TestEdge(MOST, listeners, resource);
  }

  static FullEdge start() {
    var full = new FullEdge(List.of(ListenerOptions.plain("127.0.0.1", 0)));
    full.fill(full.edge.port());
    return full;
  }

  /** With a listener for HTTP/2 before the plain one. */
  static FullEdge start(ListenerOptions secure) {
    var full = new FullEdge(List.of(secure, ListenerOptions.plain("127.0.0.1", 0)));
    full.fill(full.edge.ports().get(1));
    return full;
  }

  private void fill(int port) {
    var client = new Client(port);
    for (int i = 0; i < MOST; i++) {
      var unused = client.sendAsync(client.to("/_matrix/client/v3/publicRooms"));
    }
    awaitUnderWay(MOST);
  }

  /** Answers what is under way. */
  void relieve() {
    resource.late.complete(Reply.ok(JsonNodeFactory.instance.objectNode()));
    awaitUnderWay(0);
  }

  double shed() {
    return edge.meters().get("http.server.shed").functionCounter().count();
  }

  private void awaitUnderWay(int count) {
    while (edge.meters().get("http.server.under_way").gauge().value() != count) {
      Thread.onSpinWait();
    }
  }

  @Override
  public void close() {
    boolean unused = resource.late.tryComplete(Reply.empty());
    edge.close();
  }
}
