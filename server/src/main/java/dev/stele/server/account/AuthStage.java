package dev.stele.server.account;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.stele.api.MatrixError;
import io.vertx.core.Future;

/** A stage of user-interactive authentication. Thread-safe. */
@FunctionalInterface
public interface AuthStage {

  /**
   * Tries to pass it.
   *
   * @param operation what it is for
   * @param auth what the client sent, type and session included
   */
  Future<Outcome> attempt(Operation operation, ObjectNode auth);

  /** How an attempt ended. */
  sealed interface Outcome {
    /** It is passed. */
    record Passed() implements Outcome {}

    /** It is not passed; the client may try again. */
    record Failed(String message) implements Outcome {}

    /** The attempt was none. */
    record Refused(MatrixError error) implements Outcome {}
  }

  /** The stage that asks for nothing. */
  static AuthStage dummy() {
    return (operation, auth) -> Future.succeededFuture(new Outcome.Passed());
  }
}
