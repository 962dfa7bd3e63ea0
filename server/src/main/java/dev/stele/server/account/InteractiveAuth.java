package dev.stele.server.account;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.Ticker;
import dev.stele.api.ErrorCode;
import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The conversation in which a client passes the stages of authentication that an operation asks
 * for. Client-server API, "User-Interactive Authentication API". Thread-safe.
 *
 * <p>The parameters of the operation may come with any request of the session: the last value of
 * each counts, so that a client may ask for the flows with an empty request, or finish with one
 * that names nothing but the session.
 */
public final class InteractiveAuth {
  /** The stage that asks for nothing. */
  public static final String DUMMY = "m.login.dummy";

  private static final Duration LIFETIME = Duration.ofMinutes(15);
  private static final int MAX_SESSIONS = 10_000;
  private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

  private final List<String> stages;
  private final Secrets secrets = new Secrets();
  private final Cache<String, Session> sessions;

  /**
   * @param stages the stages of the only flow, at least one
   */
  public InteractiveAuth(List<String> stages, Ticker ticker) {
    this.stages = List.copyOf(stages);
    this.sessions =
        Caffeine.newBuilder()
            .ticker(ticker)
            .expireAfterWrite(LIFETIME)
            .maximumSize(MAX_SESSIONS)
            .build();
  }

  /** What a request leads to. */
  public sealed interface Step {
    /** All stages are passed: carry out the operation with these parameters. */
    record Proceed(ObjectNode parameters) implements Step {}

    /** Answer 401 with this object. */
    record Challenge(ObjectNode body) implements Step {}
  }

  /** Takes the next request of a session, or the first one. */
  public Step advance(ObjectNode request) {
    ObjectNode parameters = request.deepCopy();
    JsonNode auth = parameters.remove("auth");
    if (!(auth instanceof ObjectNode)) {
      return challenge(begin(parameters), null, "");
    }
    String id = auth.path("session").textValue();
    Session session = id == null ? begin(parameters) : sessions.getIfPresent(id);
    if (session == null) {
      return challenge(begin(parameters), ErrorCode.FORBIDDEN, "The session is not known");
    }
    return session.attempt(auth.path("type").textValue(), parameters);
  }

  private Session begin(ObjectNode parameters) {
    Session session = new Session(secrets.session(), parameters);
    sessions.put(session.id, session);
    return session;
  }

  private Step challenge(Session session, @Nullable ErrorCode code, String message) {
    ObjectNode body = JSON.objectNode();
    if (code != null) {
      body.put("errcode", code.wire()).put("error", message);
    }
    session.completed.stream()
        .map(JSON::textNode)
        .forEach(stage -> body.withArray("/completed").add(stage));
    stages.forEach(stage -> body.withArray("/flows/0/stages").add(stage));
    body.putObject("params");
    return new Step.Challenge(body.put("session", session.id));
  }

  private final class Session {
    private final String id;
    private final ObjectNode parameters;
    private final Set<String> completed = new LinkedHashSet<>();

    Session(String id, ObjectNode parameters) {
      this.id = id;
      this.parameters = parameters.deepCopy();
    }

    synchronized Step attempt(@Nullable String stage, ObjectNode more) {
      parameters.setAll(more);
      if (stage != null && !stages.contains(stage)) {
        return challenge(this, ErrorCode.UNRECOGNIZED, "The stage is not of any flow");
      }
      if (stage != null) {
        completed.add(stage);
      }
      return completed.containsAll(stages)
          ? new Step.Proceed(parameters.deepCopy())
          : challenge(this, null, "");
    }
  }
}
