package dev.stele.server.search;

import dev.stele.server.projection.SearchIndex.Match;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Where the pages of single groups go on. */
final class Groups {
  private Groups() {}

  /**
   * For each group that has more results: where its next page begins.
   *
   * @param visible all results that were looked at, in order
   * @param end how many of them have been shown by now
   * @param upTo as of when the pages are
   */
  static Map<SearchToken.Group, SearchToken> next(
      SearchRequest request, List<Match> visible, int end, long upTo) {
    Map<SearchToken.Group, SearchToken> next = new HashMap<>();
    for (GroupKind kind : request.groups()) {
      Map<String, Integer> shown = new HashMap<>();
      visible.subList(0, end).forEach(match -> shown.merge(key(kind, match), 1, Integer::sum));
      for (Match match : visible.subList(end, visible.size())) {
        SearchToken.Group group = new SearchToken.Group(kind, key(kind, match));
        int skipped = shown.getOrDefault(group.key(), 0);
        next.put(group, new SearchToken(upTo, skipped, request.from().seen(), group));
      }
    }
    return next;
  }

  private static String key(GroupKind kind, Match match) {
    return kind == GroupKind.ROOM_ID ? match.roomId() : match.row().sender();
  }
}
