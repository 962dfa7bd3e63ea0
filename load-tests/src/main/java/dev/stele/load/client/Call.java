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
  private final Future<Answer> answer;
  private @Nullable HttpClientRequest request;
  private boolean givenUp;

  Call(User user, HttpMethod method, String path, String contentType, Buffer body) {
    answer =
        user.http()
            .request(method, path)
            .compose(made -> send(made, user.token(), contentType, body))
            .compose(
                response -> response.body().map(bytes -> new Answer(response.statusCode(), bytes)));
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

  private Future<HttpClientResponse> send(
      HttpClientRequest made, String token, String contentType, Buffer body) {
    request = made;
    made.exceptionHandler(told -> {}); // The answer's future fails with it.
    if (givenUp) {
      made.reset();
      return Future.failedFuture(new IOException("given up before it was sent"));
    }
    if (!token.isEmpty()) {
      made.putHeader(HttpHeaders.AUTHORIZATION, "Bearer " + token);
    }
    if (body.length() == 0) {
      return made.send();
    }
    return made.putHeader(HttpHeaders.CONTENT_TYPE, contentType).send(body);
  }
}
