package dev.stele.server.search;

import dev.stele.server.event.ShownEvent;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A page of results.
 *
 * @param count about how many there are in all
 * @param highlights the words that were looked for
 * @param results the results in order
 * @param next where the next page begins; null if there is none
 * @param groups where the next page of single groups begins, of those that have more
 * @param state the state of the rooms of the results, if it was asked for
 */
public record SearchResults(
    long count,
    List<String> highlights,
    List<Found> results,
    @Nullable SearchToken next,
    Map<SearchToken.Group, SearchToken> groups,
    Map<String, List<ShownEvent>> state) {
  static final SearchResults NONE =
      new SearchResults(0, List.of(), List.of(), null, Map.of(), Map.of());

  /** Where the next page of one group begins; null if there is none. */
  public @Nullable String next(GroupKind kind, String key) {
    SearchToken token = groups.get(new SearchToken.Group(kind, key));
    return token == null ? null : token.toString();
  }
}
