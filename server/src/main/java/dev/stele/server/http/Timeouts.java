package dev.stele.server.http;

import dev.stele.api.Limits;
import java.time.Duration;

/**
 * How long the edge waits for clients, and lets them wait.
 *
 * @param firstRequest from the opening of a connection to the end of its first request's headers
 * @param nextRequest from the end of one answer to the end of the next request's headers
 * @param body from the end of the headers to the end of the body
 * @param answer from the end of the body to the answer, unless the request is one that waits for
 *     something to happen
 * @param silence without a byte either way, whatever goes on; must exceed the longest long poll
 */
public record Timeouts(
    Duration firstRequest, Duration nextRequest, Duration body, Duration answer, Duration silence) {

  public static Timeouts defaults() {
    return new Timeouts(
        Duration.ofSeconds(30),
        Duration.ofSeconds(120),
        Duration.ofSeconds(30),
        Duration.ofSeconds(15),
        Duration.ofMillis(Limits.MAX_SYNC_WAIT_MILLIS).plusSeconds(60));
  }
}
