package dev.stele.load.scenario;

/** A request failed, and was counted as such. */
final class Failed extends RuntimeException {
  private static final long serialVersionUID = 1L;

  Failed(String reason) {
    super(reason, null, false, false);
  }
}
