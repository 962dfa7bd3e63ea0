package dev.stele.server.search;

import dev.stele.server.event.ShownEvent;
import dev.stele.server.history.VisibleHistory;
import dev.stele.server.projection.MembershipRow;
import dev.stele.server.projection.RoomSpan;
import dev.stele.server.projection.Rooms;
import dev.stele.server.projection.SearchIndex;
import dev.stele.server.projection.SearchIndex.Match;
import dev.stele.server.projection.SearchIndex.Question;
import dev.stele.server.projection.StatePiece;
import dev.stele.server.text.TextVector;
import io.vertx.core.Future;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Searches the rooms that a user is or was in, and those that anybody may read if the filter names
 * them. Looks at the newest {@value #MAX_MATCHES} matches at a time, of which what the user may not
 * see is left out; ranking is among these. Thread-safe.
 */
public final class RoomSearch {
  private static final int MAX_MATCHES = 1_000;

  /** How many rooms a filter may name that the user is not in. */
  private static final int MAX_NAMED_ROOMS = 50;

  private static final Set<String> BEEN_THERE = Set.of("join", "leave", "ban");
  private static final long NOW = Long.MAX_VALUE - 1;

  private final Rooms rooms;
  private final SearchIndex index;
  private final Results results;

  public RoomSearch(Rooms rooms, SearchIndex index, Results results) {
    this.rooms = rooms;
    this.index = index;
    this.results = results;
  }

  /** A page of what the user looks for. */
  public Future<SearchResults> search(SearchRequest request, String userId) {
    String query = TextVector.query(request.term());
    if (query.isEmpty() || request.types().isEmpty()) {
      return Future.succeededFuture(SearchResults.NONE);
    }
    return rooms(request, userId)
        .compose(
            searched ->
                searched.isEmpty()
                    ? Future.succeededFuture(SearchResults.NONE)
                    : find(request, userId, query, searched));
  }

  /** Where to look: not in rooms that are encrypted. */
  private Future<Set<String>> rooms(SearchRequest request, String userId) {
    SearchToken.@Nullable Group group = request.from().group();
    return rooms
        .memberships(userId)
        .map(
            rows -> {
              Set<String> wanted = new LinkedHashSet<>();
              rows.stream()
                  .filter(row -> BEEN_THERE.contains(row.membership()) && !row.forgotten())
                  .map(MembershipRow::roomId)
                  .forEach(wanted::add);
              request.filter().rooms().atMost(MAX_NAMED_ROOMS).ifPresent(wanted::addAll);
              wanted.removeIf(room -> !request.filter().matchesRoom(room));
              if (group != null && group.kind() == GroupKind.ROOM_ID) {
                wanted.removeIf(room -> !room.equals(group.key()));
              }
              return wanted;
            })
        .compose(this::withoutEncrypted);
  }

  private Future<Set<String>> withoutEncrypted(Set<String> wanted) {
    return rooms
        .many()
        .pieces(
            wanted.stream()
                .map(
                    room ->
                        new StatePiece(
                            new RoomSpan(room, 0, Long.MAX_VALUE, NOW), "m.room.encryption", ""))
                .toList())
        .map(
            encrypted -> {
              wanted.removeAll(encrypted.keySet());
              return wanted;
            });
  }

  private Future<SearchResults> find(
      SearchRequest request, String userId, String query, Set<String> searched) {
    SearchToken.@Nullable Group group = request.from().group();
    String sender = group != null && group.kind() == GroupKind.SENDER ? group.key() : null;
    Question question =
        new Question(query, searched, request.types(), sender, request.from().upTo(), MAX_MATCHES);
    return index
        .find(question)
        .compose(
            matches ->
                VisibleHistory.of(rooms, userId, roomsOf(matches))
                    .compose(histories -> page(request, userId, matches, histories)));
  }

  private static Set<String> roomsOf(List<Match> matches) {
    Set<String> of = new HashSet<>();
    matches.forEach(match -> of.add(match.roomId()));
    return of;
  }

  private Future<SearchResults> page(
      SearchRequest request,
      String userId,
      List<Match> matches,
      Map<String, VisibleHistory> histories) {
    List<Match> visible = new ArrayList<>();
    for (Match match : matches) {
      VisibleHistory history = histories.get(match.roomId());
      if (history != null
          && history.stateReadableAt().isPresent()
          && history.canSee(match.row())
          && isWanted(request, match)) {
        visible.add(match);
      }
    }
    if (request.byRank()) {
      visible.sort(Comparator.comparingDouble((Match match) -> -match.rank()));
    }
    int skipped = Math.min(request.from().skipped(), visible.size());
    int end = Math.min(skipped + request.limit(), visible.size());
    SearchToken next = next(request, matches, visible.size(), end);
    Map<SearchToken.Group, SearchToken> groups =
        Groups.next(request, visible, end, snapshot(request, matches));
    long count = (long) request.from().seen() + visible.size();
    return results
        .show(request, userId, visible.subList(skipped, end), histories)
        .compose(
            found ->
                state(request, found, histories)
                    .map(
                        state ->
                            new SearchResults(
                                count,
                                TextVector.highlights(request.term()),
                                found,
                                next,
                                groups,
                                state)));
  }

  private static boolean isWanted(SearchRequest request, Match match) {
    Boolean url = request.filter().containsUrl();
    return request.filter().events().matches(match.row().type(), match.row().sender())
        && (url == null || url == match.hasUrl());
  }

  private static @Nullable SearchToken next(
      SearchRequest request, List<Match> matches, int visible, int end) {
    SearchToken from = request.from();
    if (end < visible) {
      return new SearchToken(snapshot(request, matches), end, from.seen(), from.group());
    }
    if (matches.size() < MAX_MATCHES) {
      return null;
    }
    long before = matches.get(matches.size() - 1).row().position() - 1;
    return new SearchToken(before, 0, from.seen() + visible, from.group());
  }

  /** As of when the pages are, so that what is said meanwhile moves nothing. */
  private static long snapshot(SearchRequest request, List<Match> matches) {
    return matches.isEmpty()
        ? request.from().upTo()
        : Math.min(request.from().upTo(), matches.get(0).row().position());
  }

  private Future<Map<String, List<ShownEvent>>> state(
      SearchRequest request, List<Found> found, Map<String, VisibleHistory> histories) {
    return request.includeState()
        ? results.state(found, histories)
        : Future.succeededFuture(Map.of());
  }
}
