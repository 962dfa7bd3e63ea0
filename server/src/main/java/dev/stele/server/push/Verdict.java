package dev.stele.server.push;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;

/**
 * What a user's rules say of an event.
 *
 * @param notifies whether the user is to be notified
 * @param highlights whether the notification stands out
 * @param actions the actions of the rule that matched
 */
public record Verdict(boolean notifies, boolean highlights, List<JsonNode> actions) {
  /** No rule has anything to say. */
  public static final Verdict NONE = new Verdict(false, false, List.of());

  static Verdict of(List<JsonNode> actions) {
    boolean notify = actions.stream().anyMatch(action -> action.asText().equals("notify"));
    boolean highlight = false;
    for (JsonNode action : actions) {
      if (action.path("set_tweak").asText().equals("highlight")) {
        // Without a value it counts as true.
        highlight = action.path("value").asBoolean(true);
      }
    }
    return new Verdict(notify, notify && highlight, actions);
  }
}
