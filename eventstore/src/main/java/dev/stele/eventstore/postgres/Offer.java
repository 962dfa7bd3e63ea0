package dev.stele.eventstore.postgres;

import dev.stele.eventstore.LogRecord;
import java.util.List;

/**
 * The records of one committed batch, shared by all who follow.
 *
 * @param characters how long their texts are together
 */
record Offer(List<LogRecord> records, long characters) {

  static Offer of(List<LogRecord> records) {
    long characters = 0;
    for (LogRecord record : records) {
      String content = record.content();
      characters += record.skeleton().length() + (content == null ? 0 : content.length());
    }
    return new Offer(records, characters);
  }

  long first() {
    return records.get(0).position();
  }

  long last() {
    return records.get(records.size() - 1).position();
  }

  /** What of it comes after a position that is not before the first record's predecessor. */
  List<LogRecord> after(long position) {
    int known = (int) (position + 1 - first());
    return known == 0 ? records : records.subList(known, records.size());
  }
}
