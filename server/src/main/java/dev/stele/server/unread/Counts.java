package dev.stele.server.unread;

/**
 * How much is unread.
 *
 * @param notifications how many events notify
 * @param highlights how many of them stand out
 */
public record Counts(int notifications, int highlights) {
  public static final Counts NONE = new Counts(0, 0);

  Counts plus(boolean highlight) {
    return new Counts(notifications + 1, highlights + (highlight ? 1 : 0));
  }
}
