package dev.stele.eventstore;

/** Too many appends are waiting; nothing of this one was written, and it may be tried again. */
public final class Overloaded extends RuntimeException {
  private static final long serialVersionUID = 1L;

  public Overloaded() {
    super("too many appends are waiting", null, false, false);
  }
}
