package dev.stele.server.model;

import com.fasterxml.jackson.databind.JsonNode;
import dev.stele.server.testing.TestServer.Client;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** The gap before a stretch of a timeline, which pages of {@code /messages} fill. */
final class Gap {
  private final World world;
  private final Client client;
  private final Style style;
  private final Story story;
  private final List<Stretch> stretches;
  private final int place;

  Gap(World world, Client client, Style style, Story story, List<Stretch> stretches, int place) {
    this.world = world;
    this.client = client;
    this.style = style;
    this.story = story;
    this.stretches = stretches;
    this.place = place;
  }

  /** Reads one page, and joins the stretches if it meets the one before. */
  void page(int limit) {
    Stretch after = stretches.get(place);
    JsonNode answer =
        client
            .get(
                "/rooms/"
                    + Client.encode(story.roomId())
                    + "/messages?dir=b&limit="
                    + limit
                    + "&from="
                    + after.before()
                    + "&filter="
                    + Client.encode(style.pageFilter().replace('\'', '"')))
            .ok();
    List<String> found = new ArrayList<>();
    for (Told event : new Eyes(world, client.userId()).seen(story, answer.path("chunk"))) {
      int known = stretchWith(event.id());
      if (known >= 0) {
        meet(known, event.id(), found);
        return;
      }
      found.add(event.id());
    }
    Collections.reverse(found);
    after.ids().addAll(0, found);
    after.before(answer.hasNonNull("end") ? answer.get("end").asText() : null);
    if (after.before() == null && place > 0) {
      stretches.subList(0, place).forEach(stretch -> checkSkipped(stretch.ids()));
      join(0);
      stretches.get(0).before(null);
    }
  }

  /** The stretch before this one that has an event; -1 if none has. */
  private int stretchWith(String id) {
    for (int i = place - 1; i >= 0; i--) {
      if (stretches.get(i).ids().contains(id)) {
        return i;
      }
    }
    return -1;
  }

  /** The page has reached what was known. */
  private void meet(int known, String id, List<String> newestFirst) {
    List<String> had = stretches.get(known).ids();
    checkSkipped(had.subList(had.indexOf(id) + 1, had.size()));
    stretches.subList(known + 1, place).forEach(stretch -> checkSkipped(stretch.ids()));
    Collections.reverse(newestFirst);
    stretches.get(place).ids().addAll(0, newestFirst);
    join(known);
  }

  /** Makes one stretch of this and those before it. */
  private void join(int first) {
    for (int i = first + 1; i <= place; i++) {
      stretches.get(first).ids().addAll(stretches.remove(first + 1).ids());
    }
  }

  /** History need not tell again only what tells the user of their own membership. */
  private void checkSkipped(List<String> ids) {
    for (String id : ids) {
      int i = story.place(id);
      if (world.sees(client.userId(), story, i)) {
        throw new AssertionError(
            "/messages of " + story.roomId() + " leaves out " + story.events().get(i));
      }
    }
  }
}
