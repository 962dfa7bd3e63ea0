package dev.stele.load.scenario;

import dev.stele.load.client.Answer;

/** The server does not have what a scenario measures. */
public final class NotServed extends RuntimeException {
  private static final long serialVersionUID = 1L;

  NotServed(String what, Answer answer) {
    super(
        "the target does not serve %s (it answered %d %s)"
            .formatted(what, answer.status(), answer.refusal()));
  }
}
