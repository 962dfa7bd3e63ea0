package dev.stele.server.scale;

import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;

/**
 * A request to measure.
 *
 * @param name what the table calls it
 * @param userId who asks
 * @param method the HTTP method
 * @param path makes the path of the n-th time, counted from 0
 * @param body makes the body of the n-th time, or null
 * @param times how often to ask
 */
record Probe(
    String name,
    String userId,
    String method,
    IntFunction<String> path,
    @Nullable IntFunction<String> body,
    int times) {
  static Probe get(String name, String userId, String path) {
    return new Probe(name, userId, "GET", n -> path, null, 5);
  }

  static Probe post(String name, String userId, String path, String body) {
    return new Probe(name, userId, "POST", n -> path, n -> body, 5);
  }

  Probe once() {
    return new Probe(name, userId, method, path, body, 1);
  }

  Caller.Answer ask(Caller caller, int time) {
    return caller.ask(userId, method, path.apply(time), body == null ? null : body.apply(time));
  }
}
