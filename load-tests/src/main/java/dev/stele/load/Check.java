package dev.stele.load;

/**
 * Whether each poller saw each message once, and all in the same order.
 *
 * @param acknowledged messages that the server acknowledged, warm-up included
 * @param heard messages that the poller heard which heard most
 * @param lost acknowledged messages that no poller heard
 * @param repeated messages that came twice
 * @param disordered messages that came to one poller in another place than to the others
 * @param pollersBehind pollers that did not hear everything before the run ended
 */
record Check(
    long acknowledged, long heard, long lost, long repeated, long disordered, int pollersBehind) {
  static final Check NOTHING = new Check(0, 0, 0, 0, 0, 0);

  boolean passed() {
    return lost == 0 && repeated == 0 && disordered == 0 && pollersBehind == 0;
  }

  /** The findings of two rooms. */
  Check plus(Check other) {
    return new Check(
        acknowledged + other.acknowledged,
        heard + other.heard,
        lost + other.lost,
        repeated + other.repeated,
        disordered + other.disordered,
        pollersBehind + other.pollersBehind);
  }
}
