package dev.stele.server.http.client;

import dev.stele.server.history.PageToken;
import dev.stele.server.http.BadRequest;
import dev.stele.server.http.Exchange;
import org.jspecify.annotations.Nullable;

/** Page tokens in queries. */
final class Tokens {
  private Tokens() {}

  /**
   * The token of a query parameter, or null if there is none.
   *
   * @throws BadRequest {@code M_INVALID_PARAM} if it is not one of ours
   */
  static @Nullable PageToken optional(Exchange exchange, String name) {
    String text = exchange.query(name);
    return text == null || text.isEmpty()
        ? null
        : PageToken.parse(text)
            .orElseThrow(() -> Identifiers.invalid(name + " is not a token of this server"));
  }
}
