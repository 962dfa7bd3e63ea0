package dev.stele.server.http;

import dev.stele.api.ErrorCode;
import dev.stele.api.MatrixError;
import io.netty.handler.codec.http.TooLongHttpHeaderException;
import io.netty.handler.codec.http.TooLongHttpLineException;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;

/** Answers what is not HTTP. The connection ends; where the next request begins is unknowable. */
final class Malformed {
  private Malformed() {}

  static void refuse(HttpServerRequest request) {
    MatrixError error = error(request.decoderResult().cause());
    HttpServerResponse response = request.response().setStatusCode(error.status());
    Cors.addTo(response.headers());
    response.headers().set(HttpHeaders.CONTENT_TYPE, JsonText.CONTENT_TYPE);
    response.headers().set(HttpHeaders.CONNECTION, HttpHeaders.CLOSE);
    response.end(ErrorBody.of(error)).onComplete(done -> request.connection().close());
  }

  private static MatrixError error(Throwable cause) {
    if (cause instanceof TooLongHttpLineException) {
      return MatrixError.of(ErrorCode.TOO_LARGE, "The URL is too long").withStatus(414);
    }
    if (cause instanceof TooLongHttpHeaderException) {
      return MatrixError.of(ErrorCode.TOO_LARGE, "The headers are too long").withStatus(431);
    }
    return MatrixError.of(ErrorCode.UNRECOGNIZED, "This is not HTTP").withStatus(400);
  }
}
