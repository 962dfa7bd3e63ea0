package dev.stele.server.http;

import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import org.jspecify.annotations.Nullable;

/** The access token of a request. Client-server API, "Using access tokens". */
final class AccessToken {
  private static final String SCHEME = "Bearer ";

  private AccessToken() {}

  static @Nullable String of(HttpServerRequest request) {
    String header = request.getHeader(HttpHeaders.AUTHORIZATION);
    if (header != null && header.regionMatches(true, 0, SCHEME, 0, SCHEME.length())) {
      return present(header.substring(SCHEME.length()).trim());
    }
    String query = request.query();
    return query == null ? null : present(QueryString.parse(query).first("access_token"));
  }

  private static @Nullable String present(@Nullable String token) {
    return token == null || token.isEmpty() ? null : token;
  }
}
