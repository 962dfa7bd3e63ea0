package dev.stele.load.client;

import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** One request of a user, made at once. Lives on its user's loop. */
public final class Call {
  private static final int OK = 200;

  private final Future<Answer> answer;
  private Connections.@Nullable Connection connection;
  private @Nullable HttpClientRequest request;
  private boolean givenUp;

  Call(User user, HttpMethod method, String path, CharSequence contentType, Buffer body) {
    answer =
        user.http()
            .take()
            .compose(taken -> request(taken, method, path))
            .compose(made -> send(made, user, contentType, body))
            .compose(response -> response.body().map(bytes -> answered(user, response, bytes)));
  }

  /** Fails when there is none. */
  public Future<Answer> answer() {
    return answer;
  }

  /** Waits no longer: closes the connection (HTTP/1.1) or the stream (HTTP/2). */
  public void giveUp() {
    givenUp = true;
    if (request != null) {
      request.reset();
    }
  }

  public boolean isGivenUp() {
    return givenUp;
  }

  private Future<HttpClientRequest> request(
      Connections.Connection taken, HttpMethod method, String path) {
    connection = taken;
    return taken.request(method, path);
  }

  private Answer answered(User user, HttpClientResponse response, Buffer body) {
    user.loop().answers().increment();
    if (connection != null) {
      connection.free();
    }
    int status = response.statusCode();
    String retryAfter = status == OK ? null : response.getHeader(HttpHeaders.RETRY_AFTER);
    return new Answer(status, body, retryAfter == null ? "" : retryAfter);
  }

  private Future<HttpClientResponse> send(
      HttpClientRequest made, User user, CharSequence contentType, Buffer body) {
    request = made;
    made.exceptionHandler(told -> {}); // The answer's future fails with it.
    if (givenUp) {
      made.reset();
      return Future.failedFuture(new IOException("given up before it was sent"));
    }
    if (!user.token().isEmpty()) {
      made.putHeader(HttpHeaders.AUTHORIZATION, user.authorization());
    }
    if (body.length() == 0) {
      return made.send();
    }
    return made.putHeader(HttpHeaders.CONTENT_TYPE, contentType).send(body);
  }
}
