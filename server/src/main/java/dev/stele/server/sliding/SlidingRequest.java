package dev.stele.server.sliding;

import java.util.Map;

/**
 * What a client asks for. MSC4186, "Request Body".
 *
 * @param lists lists by name
 * @param subscriptions rooms that it wants whatever list they are in, by room id
 */
public record SlidingRequest(
    Map<String, ListConfig> lists, Map<String, RoomConfig> subscriptions, Extensions extensions) {
  /** How many lists, and how many subscriptions, a request may have. */
  static final int MAX_ENTRIES = 100;

  public SlidingRequest {
    lists = Map.copyOf(lists);
    subscriptions = Map.copyOf(subscriptions);
  }
}
