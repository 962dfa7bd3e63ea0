package dev.stele.server.http;

/** The client went away in the middle of its request; there is nobody to answer. */
final class ClientGone extends RuntimeException {
  private static final long serialVersionUID = 1L;

  ClientGone(Throwable cause) {
    super("the client went away", cause, false, false);
  }
}
