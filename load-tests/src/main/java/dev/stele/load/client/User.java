package dev.stele.load.client;

import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.function.Supplier;

/**
 * A user, or one device of a user. Its requests are made on one event loop.
 *
 * @param loop where its requests are made
 * @param http its connections
 * @param id its user id, or empty when it has none yet
 * @param token its access token, or empty when it has none yet
 * @param authorization the header with the token, made once
 */
public record User(
    Loop loop, Connections http, String id, String token, CharSequence authorization) {
  public static final String API = "/_matrix/client/v3";

  private static final CharSequence JSON = HttpHeaders.createOptimized("application/json");
  private static final Buffer NO_BODY = Buffer.buffer();

  /** A user with nothing but connections. */
  static User anonymous(Loop loop, int index) {
    return new User(loop, loop.connections(index), "", "", "");
  }

  /** The same connections, used by who has logged in. */
  public User loggedIn(String newId, String newToken) {
    return new User(loop, http, newId, newToken, HttpHeaders.createOptimized("Bearer " + newToken));
  }

  public Future<Answer> get(String path) {
    return call(HttpMethod.GET, path, NO_BODY);
  }

  public Future<Answer> post(String path, Buffer json) {
    return call(HttpMethod.POST, path, json);
  }

  public Future<Answer> put(String path, Buffer json) {
    return call(HttpMethod.PUT, path, json);
  }

  /** A request that can be given up. */
  public Call call(HttpMethod method, String path) {
    return new Call(this, method, path, JSON, NO_BODY);
  }

  /** Sends what is not JSON. */
  public Future<Answer> upload(String path, String contentType, Buffer body) {
    return new Call(this, HttpMethod.POST, path, contentType, body).answer();
  }

  /** Does something on this user's loop, where its requests have to be made. */
  public <T> Future<T> ask(Supplier<Future<T>> work) {
    return loop.run(work);
  }

  /** Does something on this user's loop. */
  public void run(Runnable work) {
    loop.context().runOnContext(there -> work.run());
  }

  /** Escapes a part of a path. */
  public static String segment(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
  }

  /** The path of something of a room. */
  public static String room(String roomId, String rest) {
    return API + "/rooms/" + segment(roomId) + rest;
  }

  private Future<Answer> call(HttpMethod method, String path, Buffer body) {
    return new Call(this, method, path, JSON, body).answer();
  }
}
