package dev.stele.server.http;

import dev.stele.api.Auth;
import dev.stele.api.Endpoint;
import dev.stele.api.ErrorCode;
import dev.stele.api.MatrixError;
import dev.stele.api.RateClass;
import io.vertx.core.Future;
import io.vertx.core.http.HttpServerRequest;
import org.jspecify.annotations.Nullable;

/** Decides who may come in, and how often. */
final class Access {
  private static final Future<@Nullable Requester> NOBODY = Future.succeededFuture();

  private final Authenticator authenticator;
  private final RateLimiter limiter;

  Access(Authenticator authenticator, RateLimiter limiter) {
    this.authenticator = authenticator;
    this.limiter = limiter;
  }

  /** Who asks, null for anyone; fails with a {@link BadRequest} if this operation needs to know. */
  Future<@Nullable Requester> requester(HttpServerRequest request, Endpoint endpoint) {
    if (endpoint.auth() == Auth.NONE) {
      return NOBODY;
    }
    String token = AccessToken.of(request);
    if (token != null) {
      return authenticator
          .authenticate(token)
          .map(
              found -> {
                Requester requester = found.orElseThrow(Access::unknownToken);
                authenticator.seen(requester, Remote.address(request));
                return requester;
              });
    }
    return endpoint.auth() == Auth.OPTIONAL ? NOBODY : Future.failedFuture(missingToken());
  }

  /**
   * Takes the request from the allowance of the user, or of the address if there is no user.
   *
   * @throws BadRequest if that is used up
   */
  void spend(HttpServerRequest request, Endpoint endpoint, @Nullable Requester requester) {
    RateClass rateClass = endpoint.rateClass();
    if (rateClass == RateClass.NONE) {
      return;
    }
    String subject = requester == null ? Remote.network(request) : requester.userId();
    long delayMillis = limiter.take(rateClass, subject);
    if (delayMillis > 0) {
      throw new BadRequest(
          MatrixError.of(ErrorCode.LIMIT_EXCEEDED, "Too many requests")
              .withField("retry_after_ms", delayMillis));
    }
  }

  private static BadRequest unknownToken() {
    return new BadRequest(
        MatrixError.of(ErrorCode.UNKNOWN_TOKEN, "Unknown access token")
            .withField("soft_logout", false));
  }

  private static BadRequest missingToken() {
    return new BadRequest(ErrorCode.MISSING_TOKEN, "Missing access token");
  }
}
