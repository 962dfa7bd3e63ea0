package dev.stele.load.scenario;

import com.fasterxml.jackson.databind.JsonNode;
import dev.stele.load.client.Answer;
import dev.stele.load.client.Failure;
import dev.stele.load.client.User;
import io.vertx.core.Future;
import java.io.UncheckedIOException;
import java.net.URI;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** What a server calls itself, by the route that tells other servers. */
record ServerName(String name, String version) {
  private static final String CLIENT_VERSIONS = "/_matrix/client/versions";
  private static final String VERSION = "/_matrix/federation/v1/version";
  private static final int SECONDS = 30;
  private static final int MOST_OF_BODY = 100;

  /**
   * Asks, and sees that there is a homeserver at all. Blocks.
   *
   * @throws IllegalStateException when nobody answers, or somebody else
   */
  static ServerName ask(User anyone, URI url) {
    Answer versions = get(anyone, url, CLIENT_VERSIONS);
    if (!isHomeserver(versions)) {
      throw new IllegalStateException(
          "%s is no Matrix homeserver: GET %s gives %d %s (expected: the client API's base URL)"
              .formatted(url, CLIENT_VERSIONS, versions.status(), beginning(versions)));
    }
    return of(get(anyone, url, VERSION));
  }

  private static boolean isHomeserver(Answer versions) {
    try {
      return versions.ok() && versions.json().path("versions").isArray();
    } catch (UncheckedIOException notJson) {
      return false;
    }
  }

  private static String beginning(Answer answer) {
    String body = answer.body().toString().strip().replaceAll("\\s+", " ");
    return body.length() <= MOST_OF_BODY ? body : body.substring(0, MOST_OF_BODY) + "...";
  }

  private static Answer get(User anyone, URI url, String path) {
    Future<Answer> answered = anyone.ask(() -> anyone.get(path));
    try {
      return answered.await(SECONDS, TimeUnit.SECONDS);
    } catch (TimeoutException e) {
      throw new IllegalStateException(url + ": no answer within " + SECONDS + " s", e);
    } catch (Exception e) {
      if (Failure.isOutside(e)) {
        throw new IllegalStateException("cannot reach " + url + ": " + Failure.explain(e), e);
      }
      throw e;
    }
  }

  String text() {
    return (name + " " + version).strip();
  }

  private static ServerName of(Answer answer) {
    try {
      JsonNode server = answer.json().path("server");
      String name = server.path("name").asText("");
      return new ServerName(name.isEmpty() ? "server" : name, server.path("version").asText(""));
    } catch (UncheckedIOException notJson) {
      return new ServerName("server", "");
    }
  }
}
