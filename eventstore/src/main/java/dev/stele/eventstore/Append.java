package dev.stele.eventstore;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What is appended as a whole or not at all.
 *
 * @param lane the series this append belongs to, or null when it depends on no other
 * @param records the records with the names that they claim, in order; at least one
 * @param releases the names that these records give up; a name may be released and claimed again
 */
public record Append(@Nullable Lane lane, List<NewRecord> records, List<Claim> releases) {
  public Append {
    if (records.isEmpty()) {
      throw new IllegalArgumentException("records: empty (expected: at least one)");
    }
    records = List.copyOf(records);
    releases = List.copyOf(releases);
  }
}
