package dev.stele.server.account;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.stele.api.ErrorCode;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How far a client has come with authenticating itself for an operation. Immutable.
 *
 * @param id nobody can guess it
 * @param operation what it is for
 * @param parameters what the operation is to be carried out with, as far as the client has said
 * @param chars how long the parameters are as text
 * @param completed the stages that are passed, in order
 */
record AuthSession(
    String id, Operation operation, ObjectNode parameters, int chars, List<String> completed) {
  private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

  AuthSession {
    completed = List.copyOf(completed);
  }

  static AuthSession begin(String id, Operation operation, ObjectNode parameters) {
    return new AuthSession(id, operation, parameters, parameters.toString().length(), List.of());
  }

  /**
   * The session with more parameters, of which the last value counts. What a user has confirmed is
   * not what they have changed since, so in their sessions other parameters undo the stages.
   */
  AuthSession with(ObjectNode more) {
    ObjectNode all = parameters.deepCopy();
    all.setAll(more);
    if (all.equals(parameters)) {
      return this;
    }
    List<String> kept = operation.userId() == null ? completed : List.of();
    return new AuthSession(id, operation, all, all.toString().length(), kept);
  }

  AuthSession passed(String stage) {
    List<String> more = new ArrayList<>(completed);
    more.add(stage);
    return new AuthSession(id, operation, parameters, chars, more);
  }

  boolean isComplete() {
    return operation.isSatisfiedBy(completed);
  }

  boolean awaits(String stage) {
    return operation.awaits(stage, completed);
  }

  /** What the client is told: what is to be done, and what is wrong if anything. */
  ObjectNode challenge(@Nullable ErrorCode code, String message) {
    ObjectNode body = JSON.objectNode();
    if (code != null) {
      body.put("errcode", code.wire()).put("error", message);
    }
    completed.forEach(stage -> body.withArray("/completed").add(stage));
    for (List<String> flow : operation.flows()) {
      var stages = body.withArray("/flows").addObject().putArray("stages");
      flow.forEach(stages::add);
    }
    body.putObject("params");
    return body.put("session", id);
  }
}
