package dev.stele.server.http.client;

import dev.stele.api.Endpoint;
import dev.stele.api.ErrorCode;
import dev.stele.server.account.AuthStage.Outcome;
import dev.stele.server.account.InteractiveAuth;
import dev.stele.server.http.BadRequest;
import dev.stele.server.http.Bindings;
import dev.stele.server.http.Exchange;
import dev.stele.server.http.Reply;
import dev.stele.server.http.Resource;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/**
 * The pages on which people pass stages that their client does not know. Client-server API,
 * "Fallback". A page is the same for everybody: its script takes the session from the address.
 */
public final class AuthFallbackResource implements Resource {
  private static final String HTML = "text/html; charset=utf-8";
  private static final String PASSWORD_FIELD =
      "<label>Password <input name=\"password\" type=\"password\""
          + " autocomplete=\"current-password\" required autofocus></label>";

  private final InteractiveAuth auth;
  private final Map<String, Reply> pages =
      Map.of(
          InteractiveAuth.PASSWORD,
              page(
                  "Enter your password",
                  "An application asks to do something for which your password is needed."
                      + " Go on only if it is you who wants that.",
                  PASSWORD_FIELD),
          InteractiveAuth.DUMMY,
              page("Confirm", "An application asks you to confirm that you want to go on.", ""));

  public AuthFallbackResource(InteractiveAuth auth) {
    this.auth = auth;
  }

  @Override
  public void bind(Bindings bindings) {
    bindings
        .on(Endpoint.GET_AUTH_FALLBACK, this::show)
        .on(Endpoint.SUBMIT_AUTH_FALLBACK, this::submit);
  }

  private Future<Reply> show(Exchange exchange) {
    String stage = exchange.path("stage");
    Reply page = pages.get(stage);
    if (page == null) {
      throw new BadRequest(ErrorCode.NOT_FOUND, "There is no page for this stage");
    }
    if (auth.awaiting(session(exchange), stage).isEmpty()) {
      throw notAwaited();
    }
    return Future.succeededFuture(page);
  }

  private Future<Reply> submit(Exchange exchange) {
    return auth.attemptApart(
            session(exchange), exchange.path("stage"), exchange.bodyOrEmpty().node())
        .map(
            attempted -> {
              Outcome outcome = attempted.orElseThrow(AuthFallbackResource::notAwaited);
              if (outcome instanceof Outcome.Failed failed) {
                return Reply.error(ErrorCode.FORBIDDEN, failed.message());
              }
              return outcome instanceof Outcome.Refused refused
                  ? Reply.error(refused.error())
                  : Reply.empty();
            });
  }

  private static String session(Exchange exchange) {
    String session = exchange.query("session");
    if (session == null) {
      throw new BadRequest(ErrorCode.MISSING_PARAM, "Missing: session");
    }
    return session;
  }

  private static BadRequest notAwaited() {
    return new BadRequest(
        ErrorCode.NOT_FOUND, "The session is over, not known, or does not wait for this");
  }

  /**
   * The page of a stage. All have the same script, which sends what is in the fields.
   *
   * @param fields what there is to fill in, as HTML
   */
  private static Reply page(String title, String text, String fields) {
    try (InputStream in = AuthFallbackResource.class.getResourceAsStream("auth.html")) {
      if (in == null) {
        throw new IllegalStateException("the page auth.html is missing");
      }
      String page =
          new String(in.readAllBytes(), StandardCharsets.UTF_8)
              .replace("{title}", title)
              .replace("{text}", text)
              .replace("{fields}", fields);
      return Reply.bytes(200, HTML, Buffer.buffer(page));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
