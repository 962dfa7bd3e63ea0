package dev.stele.load.scenario;

import com.fasterxml.jackson.databind.JsonNode;
import dev.stele.load.client.Answer;
import dev.stele.load.client.Failure;
import dev.stele.load.client.User;
import io.vertx.core.Future;
import java.io.UncheckedIOException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** What a server calls itself, by the route that tells other servers. */
record ServerName(String name, String version) {
  private static final String VERSION = "/_matrix/federation/v1/version";
  private static final int SECONDS = 30;

  /**
   * Asks. Blocks.
   *
   * @throws IllegalStateException when nobody answers
   */
  static ServerName ask(User anyone) {
    Future<Answer> answered = anyone.ask(() -> anyone.get(VERSION));
    try {
      return of(answered.await(SECONDS, TimeUnit.SECONDS));
    } catch (TimeoutException e) {
      throw new IllegalStateException("no answer within " + SECONDS + " s", e);
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
    } catch (RuntimeException notJson) {
      if (Failure.isOutside(notJson) || notJson instanceof UncheckedIOException) {
        return new ServerName("server", "");
      }
      throw notJson;
    }
  }
}
