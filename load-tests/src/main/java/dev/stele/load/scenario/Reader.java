package dev.stele.load.scenario;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import dev.stele.load.client.Answer;
import dev.stele.load.client.User;
import dev.stele.load.measure.Operation;
import io.vertx.core.Future;
import java.util.ArrayList;
import java.util.List;

/** Somebody who scrolls back. Lives on its user's loop. */
final class Reader {
  private final Stage stage;
  private final User user;
  private final Room room;
  private final int limit;
  private final Story story;
  private final Operation page;
  private final List<Integer> read = new ArrayList<>();
  private String from = "";

  Reader(Stage stage, User user, Room room, int limit, Story story) {
    this.stage = stage;
    this.user = user;
    this.room = room;
    this.limit = limit;
    this.story = story;
    this.page = stage.meter().operation("page");
  }

  /** Reads the next page, or the newest one after the last. */
  Future<?> turnPage(long since) {
    String position = from.isEmpty() ? "" : "&from=" + User.segment(from);
    String path = room.path("/messages?dir=b&limit=" + limit + position);
    return stage.time(page, since, user.get(path)).onSuccess(this::read);
  }

  private void read(Answer answer) {
    JsonNode json = answer.json();
    numbers(answer).forEach(mark -> read.add(mark.number()));
    from = json.path("end").asText("");
    if (from.isEmpty() || json.path("chunk").isEmpty()) {
      from = "";
      stage
          .findings()
          .verify(
              story.agrees(read),
              "scrolling back found " + read.size() + " messages, or another order");
      read.clear();
    }
  }

  private static List<SyncAnswer.Mark> numbers(Answer answer) {
    try {
      return SyncAnswer.read(answer.body().getBytes()).marks();
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("malformed answer to /messages", e);
    }
  }
}
