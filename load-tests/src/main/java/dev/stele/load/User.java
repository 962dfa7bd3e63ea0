package dev.stele.load;

import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;

/**
 * A user who is logged in. Its requests are made on one event loop.
 *
 * @param loop where its requests are made
 * @param http its connections
 * @param token its access token, or empty when it has none yet
 */
record User(Loop loop, HttpClient http, String token) {
  static final String API = "/_matrix/client/v3";

  /** A user with nothing but connections. */
  static User anonymous(Loop loop, int index) {
    return new User(loop, loop.client(index), "");
  }

  User withToken(String newToken) {
    return new User(loop, http, newToken);
  }

  Future<Answer> get(String path) {
    return call(HttpMethod.GET, path, Buffer.buffer());
  }

  Future<Answer> post(String path, Buffer json) {
    return call(HttpMethod.POST, path, json);
  }

  Future<Answer> put(String path, Buffer json) {
    return call(HttpMethod.PUT, path, json);
  }

  /** Escapes a part of a path. */
  static String segment(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
  }

  private Future<Answer> call(HttpMethod method, String path, Buffer body) {
    return http.request(method, path)
        .compose(
            request -> {
              if (!token.isEmpty()) {
                request.putHeader(HttpHeaders.AUTHORIZATION, "Bearer " + token);
              }
              if (body.length() > 0) {
                request.putHeader(HttpHeaders.CONTENT_TYPE, "application/json");
              }
              return request.send(body);
            })
        .compose(
            response -> response.body().map(bytes -> new Answer(response.statusCode(), bytes)));
  }
}
