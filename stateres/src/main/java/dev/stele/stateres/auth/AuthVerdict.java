package dev.stele.stateres.auth;

/** Whether the rules allow an event. */
public sealed interface AuthVerdict {

  /** The rules allow the event. */
  record Allowed() implements AuthVerdict {
    private static final Allowed INSTANCE = new Allowed();
  }

  /**
   * The rules deny the event.
   *
   * @param reason the rule that does
   * @param message what was wrong, for people
   */
  record Denied(AuthReason reason, String message) implements AuthVerdict {}

  /** The verdict that allows. */
  static AuthVerdict allow() {
    return Allowed.INSTANCE;
  }

  /** A verdict that denies. */
  static AuthVerdict deny(AuthReason reason, String message) {
    return new Denied(reason, message);
  }

  /** Whether this is {@link Allowed}. */
  default boolean isAllowed() {
    return this instanceof Allowed;
  }
}
