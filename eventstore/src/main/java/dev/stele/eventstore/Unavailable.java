package dev.stele.eventstore;

/**
 * The database could not be reached, or did not answer in time. Whether an append that failed with
 * this is in the log is not known: whoever tries again under the same claims finds out.
 */
public final class Unavailable extends RuntimeException {
  private static final long serialVersionUID = 1L;

  public Unavailable(Throwable cause) {
    super("the database is not available: " + cause.getMessage(), cause, false, false);
  }
}
