package dev.stele.server.sliding;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The rooms that a request is about.
 *
 * @param counts how many rooms each list has
 * @param rooms what is wanted of each room, by room id
 * @param lists the lists that each room is wanted by
 */
public record Selected(
    Map<String, Integer> counts, Map<String, RoomConfig> rooms, Map<String, Set<String>> lists) {

  /** Chooses among the rooms that a user may hear of. */
  public static Selected of(SlidingRequest request, List<ListedRoom> known) {
    List<ListedRoom> latestFirst = new ArrayList<>(known);
    latestFirst.sort(Comparator.comparingLong(ListedRoom::recency).reversed());
    Selected selected =
        new Selected(new LinkedHashMap<>(), new LinkedHashMap<>(), new LinkedHashMap<>());
    request.lists().forEach((name, list) -> selected.add(name, list, latestFirst));
    for (ListedRoom room : latestFirst) {
      RoomConfig config = request.subscriptions().get(room.roomId());
      if (config != null) {
        selected.add(room.roomId(), config);
      }
    }
    return selected;
  }

  private void add(String name, ListConfig list, List<ListedRoom> latestFirst) {
    int place = 0;
    for (ListedRoom room : latestFirst) {
      if (list.filters().match(room)) {
        if (list.covers(place)) {
          add(room.roomId(), list.config());
          lists.computeIfAbsent(room.roomId(), id -> new LinkedHashSet<>()).add(name);
        }
        place++;
      }
    }
    counts.put(name, place);
  }

  private void add(String roomId, RoomConfig config) {
    rooms.merge(roomId, config, RoomConfig::and);
  }
}
