package dev.stele.server.http;

/** A listener's port is in use, its address not ours, or its certificate not readable. */
public final class CannotListen extends RuntimeException {
  private static final long serialVersionUID = 1L;

  CannotListen(ListenerOptions listener, Throwable cause) {
    super(
        "cannot listen on "
            + listener.host()
            + " port "
            + listener.port()
            + ": "
            + cause.getMessage(),
        cause);
  }
}
