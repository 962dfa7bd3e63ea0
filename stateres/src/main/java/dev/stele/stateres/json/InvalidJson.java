package dev.stele.stateres.json;

/** Says that a text is no JSON, or that a value has no Canonical JSON, and why. */
public final class InvalidJson extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final Reason reason;

  InvalidJson(Reason reason, String message) {
    super(message, null, false, false);
    this.reason = reason;
  }

  /** What was wrong. */
  public Reason reason() {
    return reason;
  }

  /** The ways in which a text or a value can be refused. */
  public enum Reason {
    /** The text does not follow the grammar of JSON. */
    SYNTAX,
    /** The bytes are not UTF-8. */
    NOT_UTF8,
    /** More text follows the value. */
    TRAILING,
    /** An object has the same key twice. */
    DUPLICATE_KEY,
    /** Objects and arrays nest deeper than {@link StrictJson#MAX_DEPTH}. */
    TOO_DEEP,
    /** A number is written as {@code 1.0}, {@code 1e3} or {@code -0}, or is not a whole number. */
    NOT_AN_INTEGER,
    /** An integer lies outside ±(2<sup>53</sup>-1), or a number outside what a double holds. */
    OUT_OF_RANGE,
    /** A string holds half of a surrogate pair, which UTF-8 cannot carry. */
    LONE_SURROGATE,
    /** The value is of a kind that JSON does not have. */
    NOT_JSON
  }
}
