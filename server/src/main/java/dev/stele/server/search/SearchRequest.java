package dev.stele.server.search;

import dev.stele.server.filter.RoomEventFilter;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What somebody looks for in rooms. Client-server API, "Server Side Search".
 *
 * @param term the words
 * @param types the types of events to look at
 * @param filter which events are wanted
 * @param byRank whether the best match comes first rather than the newest
 * @param context what of each result's surroundings is wanted; null for nothing
 * @param includeState whether the state of the rooms is wanted
 * @param groups how to group the results
 * @param limit how many results at most; at least 1
 * @param from where to start
 */
public record SearchRequest(
    String term,
    List<String> types,
    RoomEventFilter filter,
    boolean byRank,
    @Nullable Surroundings context,
    boolean includeState,
    List<GroupKind> groups,
    int limit,
    SearchToken from) {
  /** Begins with the first result. */
  public static final SearchToken START = SearchToken.START;

  public SearchRequest {
    types = List.copyOf(types);
    groups = List.copyOf(groups);
  }

  /**
   * What is around a result.
   *
   * @param before how many events before it
   * @param after how many events after it
   * @param profiles whether the senders' profiles of the time are wanted
   */
  public record Surroundings(int before, int after, boolean profiles) {}
}
