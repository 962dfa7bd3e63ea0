package dev.stele.eventstore.postgres;

/** Another server has taken over the log; this one may append no more. */
public final class Fenced extends RuntimeException {
  private static final long serialVersionUID = 1L;

  Fenced() {
    super("another server has taken over the log", null, false, false);
  }
}
