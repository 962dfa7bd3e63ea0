package dev.stele.eventstore;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A record that is not in the log yet.
 *
 * @param stream what the record is about, for example {@code room/!id} or {@code user/@id}
 * @param kind the record's type; tells a reader how to decode it
 * @param skeleton JSON text that stays for good
 * @param content JSON text that an erasure may remove, or null when there is nothing to erase
 * @param claims the names that this record takes; the record is their holder from then on
 * @param decoded what the texts decode to, handed as it is to local followers so that they need not
 *     parse again; never stored
 */
public record NewRecord(
    String stream,
    String kind,
    String skeleton,
    @Nullable String content,
    List<Claim> claims,
    @Nullable Object decoded) {
  public NewRecord {
    claims = List.copyOf(claims);
  }
}
