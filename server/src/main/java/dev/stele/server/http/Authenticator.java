package dev.stele.server.http;

import io.vertx.core.Future;
import java.util.Optional;

/** Knows access tokens. */
@FunctionalInterface
public interface Authenticator {

  /**
   * Whose token this is; empty for an unknown one. Called on event loops for every request, so it
   * should answer from memory as a rule. A token that is known but may not be used, such as that of
   * a locked account, fails the future with a {@link BadRequest}.
   */
  Future<Optional<Requester>> authenticate(String accessToken);

  /**
   * Is told of every request that was let in.
   *
   * @param address where it came from, without port
   */
  default void seen(Requester requester, String address) {}
}
