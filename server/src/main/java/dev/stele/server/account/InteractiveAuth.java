package dev.stele.server.account;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.Ticker;
import dev.stele.api.ErrorCode;
import dev.stele.api.MatrixError;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.cache.CaffeineCacheMetrics;
import io.vertx.core.Future;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The conversation in which a client passes the stages of authentication that an operation asks
 * for. Client-server API, "User-Interactive Authentication API". Thread-safe.
 *
 * <p>A session holds for one {@link Operation} of one device, for 15 minutes from its last request,
 * and in memory only. The parameters of the operation may come with any request of the session: the
 * last value of each counts, so that a client may ask for the flows with an empty request, or
 * finish with one that names nothing but the session. In the session of a user, who has confirmed
 * what they saw, other parameters undo the stages that are passed. A client that repeats a request
 * whose stages are all passed gets the operation's result again, unless one confirmation is for one
 * time only.
 */
public final class InteractiveAuth {
  /** The stage that asks for nothing. */
  public static final String DUMMY = "m.login.dummy";

  /** The stage that asks a user for their password. */
  public static final String PASSWORD = "m.login.password";

  private static final Duration LIFETIME = Duration.ofMinutes(15);
  private static final int MAX_PARAMETER_CHARS = 128 << 10;

  /** What a session takes besides its parameters, in about the same measure. */
  private static final int SESSION_CHARS = 500;

  private static final long MAX_CHARS = 16 << 20;

  private final Map<String, AuthStage> stages;
  private final Secrets secrets = new Secrets();
  private final Cache<String, AuthSession> sessions;

  /**
   * @param stages the stages that there are, by their types
   */
  public InteractiveAuth(Map<String, AuthStage> stages, Ticker ticker) {
    this.stages = Map.copyOf(stages);
    this.sessions =
        Caffeine.newBuilder()
            .ticker(ticker)
            .executor(Runnable::run)
            .expireAfterWrite(LIFETIME)
            .maximumWeight(MAX_CHARS)
            .weigher((String id, AuthSession session) -> SESSION_CHARS + session.chars())
            .recordStats()
            .build();
  }

  /** Counts the sessions. */
  public void monitor(MeterRegistry metrics) {
    CaffeineCacheMetrics.monitor(metrics, sessions, "stele.auth_sessions");
  }

  /** What a request leads to. */
  public sealed interface Step {
    /** All stages are passed: carry out the operation with these parameters. */
    record Proceed(ObjectNode parameters) implements Step {}

    /** Answer 401 with this object. */
    record Challenge(ObjectNode body) implements Step {}

    /** The request is wrong, whoever sends it. */
    record Refused(MatrixError error) implements Step {}
  }

  /** Takes the next request of a session, or the first one. */
  public Future<Step> advance(Operation operation, ObjectNode request) {
    ObjectNode parameters = request.deepCopy();
    JsonNode auth = parameters.remove("auth");
    if (auth instanceof ObjectNode given) {
      String id = given.path("session").textValue();
      return id == null
          ? attempt(AuthSession.begin(secrets.session(), operation, parameters), given)
          : resume(id, operation, parameters, given);
    }
    return challenge(AuthSession.begin(secrets.session(), operation, parameters), null, "");
  }

  /** The operation of a session that waits for this stage to be passed now. */
  public Optional<Operation> awaiting(String sessionId, String stage) {
    return Optional.ofNullable(sessions.getIfPresent(sessionId))
        .filter(session -> session.awaits(stage))
        .map(AuthSession::operation);
  }

  /**
   * Tries to pass a stage of a session by other means than the operation's own requests. Nothing if
   * no such session waits for this stage.
   */
  public Future<Optional<AuthStage.Outcome>> attemptApart(
      String sessionId, String stage, ObjectNode auth) {
    AuthSession session = sessions.getIfPresent(sessionId);
    if (session == null || !session.awaits(stage)) {
      return Future.succeededFuture(Optional.empty());
    }
    return stage(stage)
        .attempt(session.operation(), auth)
        .map(
            outcome -> {
              if (outcome instanceof AuthStage.Outcome.Passed) {
                sessions.put(session.id(), session.passed(stage));
              }
              return Optional.of(outcome);
            });
  }

  private Future<Step> resume(
      String id, Operation operation, ObjectNode parameters, ObjectNode auth) {
    AuthSession session = sessions.getIfPresent(id);
    return session == null || !session.operation().equals(operation)
        ? challenge(
            AuthSession.begin(secrets.session(), operation, parameters),
            ErrorCode.FORBIDDEN,
            "The session is not known, or not for this")
        : attempt(session.with(parameters), auth);
  }

  private Future<Step> attempt(AuthSession session, ObjectNode auth) {
    String stage = auth.path("type").textValue();
    if (stage == null || session.completed().contains(stage)) {
      return conclude(session);
    }
    if (!session.operation().knows(stage)) {
      return challenge(session, ErrorCode.UNRECOGNIZED, "The stage is not of any flow");
    }
    if (!session.awaits(stage)) {
      return challenge(session, ErrorCode.FORBIDDEN, "Another stage comes first");
    }
    return stage(stage)
        .attempt(session.operation(), auth)
        .compose(
            outcome -> {
              if (outcome instanceof AuthStage.Outcome.Failed failed) {
                return challenge(session, ErrorCode.FORBIDDEN, failed.message());
              }
              return outcome instanceof AuthStage.Outcome.Refused refused
                  ? Future.succeededFuture(new Step.Refused(refused.error()))
                  : conclude(session.passed(stage));
            });
  }

  private Future<Step> conclude(AuthSession session) {
    if (!session.isComplete()) {
      return challenge(session, null, "");
    }
    if (session.operation().kind() == Operation.Kind.ONCE) {
      sessions.invalidate(session.id());
      return Future.succeededFuture(new Step.Proceed(session.parameters()));
    }
    return Future.succeededFuture(
        keep(session).orElseGet(() -> new Step.Proceed(session.parameters().deepCopy())));
  }

  private Future<Step> challenge(AuthSession session, @Nullable ErrorCode code, String message) {
    return Future.succeededFuture(
        keep(session).orElseGet(() -> new Step.Challenge(session.challenge(code, message))));
  }

  /** Remembers a session, unless it is too large for that. */
  private Optional<Step> keep(AuthSession session) {
    if (session.chars() > MAX_PARAMETER_CHARS) {
      return Optional.of(
          new Step.Refused(MatrixError.of(ErrorCode.TOO_LARGE, "The request is too large")));
    }
    sessions.put(session.id(), session);
    return Optional.empty();
  }

  private AuthStage stage(String type) {
    AuthStage stage = stages.get(type);
    if (stage == null) {
      throw new IllegalStateException("a flow asks for " + type + ", which is no stage here");
    }
    return stage;
  }
}
