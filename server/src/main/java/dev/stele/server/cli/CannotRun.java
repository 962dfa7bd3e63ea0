package dev.stele.server.cli;

/**
 * Something that the operator can help keeps a command from its work: a port or directory in use, a
 * database that does not answer. The message is one line that names it.
 */
public final class CannotRun extends RuntimeException {
  private static final long serialVersionUID = 1;

  public CannotRun(String message) {
    super(message);
  }

  public CannotRun(String message, Throwable cause) {
    super(message, cause);
  }
}
