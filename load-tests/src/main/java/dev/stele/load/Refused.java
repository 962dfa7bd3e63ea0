package dev.stele.load;

/** A server refused what the run cannot do without. */
final class Refused extends RuntimeException {
  private static final long serialVersionUID = 1L;

  Refused(String what, Answer answer) {
    super("%s: %d %s".formatted(what, answer.status(), answer.body().toString()));
  }
}
