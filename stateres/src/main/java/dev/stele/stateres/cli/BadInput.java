package dev.stele.stateres.cli;

/** Says in one line what is wrong with the arguments or the files; never leaves this package. */
final class BadInput extends RuntimeException {
  private static final long serialVersionUID = 1L;

  BadInput(String message) {
    super(message, null, false, false);
  }
}
