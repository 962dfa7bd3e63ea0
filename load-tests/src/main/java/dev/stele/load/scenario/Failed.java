package dev.stele.load.scenario;

import dev.stele.load.client.Answer;

/** A request failed or was turned away, and was counted as such. */
final class Failed extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final boolean turnedAway;
  private final long retryAfterMillis;

  private Failed(String reason, boolean turnedAway, long retryAfterMillis) {
    super(reason, null, false, false);
    this.turnedAway = turnedAway;
    this.retryAfterMillis = retryAfterMillis;
  }

  static Failed because(String reason) {
    return new Failed(reason, false, 0);
  }

  /** The server has too much to do, and said so. */
  static Failed turnedAway(Answer answer) {
    return new Failed(answer.refusal(), true, answer.retryAfterMillis());
  }

  boolean turnedAway() {
    return turnedAway;
  }

  /** How long the server asks to wait; 0 when it does not. */
  long retryAfterMillis() {
    return retryAfterMillis;
  }
}
