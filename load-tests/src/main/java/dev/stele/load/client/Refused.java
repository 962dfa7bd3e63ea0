package dev.stele.load.client;

/** A server refused what the run cannot do without. */
public final class Refused extends RuntimeException {
  private static final long serialVersionUID = 1L;
  private static final int MOST_OF_BODY = 500;

  public Refused(String what, Answer answer) {
    this(what, answer, "");
  }

  /** With what may help whoever runs this; may be empty. */
  Refused(String what, Answer answer, String hint) {
    super(
        "%s: the server answered %d %s%s"
            .formatted(
                what,
                answer.status(),
                shortened(answer.body().toString()),
                hint.isEmpty() ? "" : "\n" + hint));
  }

  private static String shortened(String body) {
    return body.length() <= MOST_OF_BODY ? body : body.substring(0, MOST_OF_BODY) + "...";
  }
}
