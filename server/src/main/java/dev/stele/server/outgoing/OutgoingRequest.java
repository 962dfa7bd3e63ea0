package dev.stele.server.outgoing;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import java.net.URI;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A request to another server.
 *
 * @param uri where to, absolute; {@code http} or {@code https}
 * @param headers by name
 * @param json the body, or null
 */
public record OutgoingRequest(
    HttpMethod method, URI uri, Map<String, String> headers, @Nullable Buffer json) {
  public OutgoingRequest {
    if (uri.getHost() == null
        || !("https".equals(uri.getScheme()) || "http".equals(uri.getScheme()))) {
      throw new IllegalArgumentException("uri: " + uri + " (expected: an http or https URL)");
    }
    headers = Map.copyOf(headers);
  }

  boolean isSecure() {
    return "https".equals(uri.getScheme());
  }

  int port() {
    int given = uri.getPort();
    return given >= 0 ? given : isSecure() ? 443 : 80;
  }

  /** The path and query. */
  String target() {
    String path = uri.getRawPath() == null || uri.getRawPath().isEmpty() ? "/" : uri.getRawPath();
    return uri.getRawQuery() == null ? path : path + "?" + uri.getRawQuery();
  }
}
