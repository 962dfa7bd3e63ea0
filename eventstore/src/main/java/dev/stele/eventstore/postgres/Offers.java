package dev.stele.eventstore.postgres;

import dev.stele.eventstore.LogRecord;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The batches that wait to be handed to a follower, in position order. Bounded: what does not fit
 * is left out, and is for the follower to read from the database when its turn comes. Lives on the
 * follower's context.
 */
final class Offers {
  private static final int MAX_RECORDS = 20_000;
  private static final long MAX_CHARACTERS = 16L << 20;

  private final ArrayDeque<Offer> offers = new ArrayDeque<>();
  private int records;
  private long characters;

  /** Adds the next batch, if it fits. */
  void add(Offer offer) {
    if (fits(offer)) {
      offers.add(offer);
      records += offer.records().size();
      characters += offer.characters();
    }
  }

  private boolean fits(Offer offer) {
    return offers.isEmpty()
        || (records + offer.records().size() <= MAX_RECORDS
            && characters + offer.characters() <= MAX_CHARACTERS);
  }

  /**
   * Takes the records that come directly after a position, of several batches together; null if
   * there are none, or one before them is missing.
   *
   * @param enough how many records are enough
   */
  @Nullable List<LogRecord> takeAfter(long position, int enough) {
    List<LogRecord> first = takeOne(position);
    if (first == null || offers.isEmpty()) {
      return first;
    }
    List<LogRecord> taken = new ArrayList<>(first);
    while (taken.size() < enough) {
      List<LogRecord> more = takeOne(taken.get(taken.size() - 1).position());
      if (more == null) {
        break;
      }
      taken.addAll(more);
    }
    return taken;
  }

  private @Nullable List<LogRecord> takeOne(long position) {
    for (Offer offer = offers.peek(); offer != null; offer = offers.peek()) {
      if (offer.first() > position + 1) {
        return null;
      }
      offers.remove();
      records -= offer.records().size();
      characters -= offer.characters();
      if (offer.last() > position) {
        return offer.after(position);
      }
    }
    return null;
  }

  void clear() {
    offers.clear();
    records = 0;
    characters = 0;
  }
}
