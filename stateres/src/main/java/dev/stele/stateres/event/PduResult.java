package dev.stele.stateres.event;

/** What came of reading or building an event. */
public sealed interface PduResult {

  /** The event is well formed. */
  record Valid(Pdu pdu) implements PduResult {}

  /**
   * The text or the object is no event of its room version, and is to be dropped.
   *
   * @param reason why
   * @param message why, for people
   */
  record Refused(Reason reason, String message) implements PduResult {}

  /** The event, for callers who know that it is well formed. */
  default Pdu orThrow() {
    if (this instanceof Valid valid) {
      return valid.pdu();
    }
    throw new IllegalArgumentException(((Refused) this).message());
  }

  /** Why an event is refused. */
  enum Reason {
    /** A field that every event has is not there. */
    MISSING,
    /** A field has a value of the wrong type. */
    WRONG_TYPE,
    /** An identifier does not follow its grammar, or a number lies out of its range. */
    MALFORMED,
    /** More than 10 auth events or more than 20 previous events. */
    TOO_MANY,
    /** The event takes more than 65,536 bytes, or one of its ids, types or keys more than 255. */
    TOO_LARGE,
    /** The event has no Canonical JSON under its room version's rules. */
    NOT_CANONICAL
  }
}
