package dev.stele.load.scenario;

import com.fasterxml.jackson.databind.JsonNode;
import dev.stele.load.client.Answer;
import dev.stele.load.client.User;
import dev.stele.load.measure.Operation;
import io.vertx.core.Future;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * A client that comes back after a while and wants to know everything. Lives on its user's loop.
 */
final class Returner {
  private static final int PAGE = 100;
  private static final String FILTER =
      User.segment(
          "{\"room\":{\"timeline\":{\"limit\":20},\"state\":{\"lazy_load_members\":true}}}");

  private final Stage stage;
  private final User user;
  private final Map<String, Room> rooms = new HashMap<>();
  private final Map<Room, BitSet> known = new HashMap<>();
  private final Ear ear;
  private final Operation sync;
  private final Operation catchUp;
  private String since = "";

  Returner(Stage stage, User user, List<Room> all) {
    this.stage = stage;
    this.user = user;
    for (Room room : all) {
      rooms.put(room.id(), room);
      known.put(room, new BitSet());
    }
    this.ear = new Ear(stage, all);
    this.sync = stage.meter().operation("sync after gap");
    this.catchUp = stage.meter().operation("catch up");
  }

  User user() {
    return user;
  }

  boolean isBehind(Room room) {
    return ear.isBehind(room);
  }

  /** Syncs for the first time, before anything is said. */
  Future<?> begin() {
    return user.get(path()).onSuccess(answer -> since = answer.require("sync", "next_batch"));
  }

  /** Syncs from where it was, and asks for all that is missing. */
  Future<?> comeBack() {
    long begin = stage.stopwatch().micros();
    return stage
        .time(sync, begin, user.get(path()))
        .compose(answer -> fill(answer.json()))
        .onSuccess(all -> catchUp.finished(begin, stage.stopwatch().micros()));
  }

  private String path() {
    String position = since.isEmpty() ? "" : "&since=" + User.segment(since);
    return User.API + "/sync?timeout=0&filter=" + FILTER + position;
  }

  private Future<Void> fill(JsonNode answer) {
    since = answer.path("next_batch").asText();
    List<Future<Void>> filled = new ArrayList<>();
    for (Map.Entry<String, JsonNode> entry : answer.path("rooms").path("join").properties()) {
      Room room = rooms.get(entry.getKey());
      if (room != null) {
        filled.add(fill(room, entry.getValue().path("timeline")));
      }
    }
    return Future.join(filled).mapEmpty();
  }

  private Future<Void> fill(Room room, JsonNode timeline) {
    List<SyncAnswer.Mark> newest = marks(timeline.path("events"));
    if (!timeline.path("limited").asBoolean()) {
      hear(room, newest);
      return Future.succeededFuture();
    }
    List<SyncAnswer.Mark> backwards = new ArrayList<>(newest);
    Collections.reverse(backwards);
    return back(room, timeline.path("prev_batch").asText(), backwards);
  }

  /** Pages back until something is known already, or the beginning is reached. */
  private Future<Void> back(Room room, String from, List<SyncAnswer.Mark> backwards) {
    String path = room.path("/messages?dir=b&limit=" + PAGE + "&from=" + User.segment(from));
    return stage
        .checked("messages", user.get(path))
        .map(Answer::json)
        .compose(
            page -> {
              for (SyncAnswer.Mark mark : marks(page.path("chunk"))) {
                if (known.getOrDefault(room, new BitSet()).get(mark.number())) {
                  return heard(room, backwards);
                }
                backwards.add(mark);
              }
              String end = page.path("end").asText("");
              return end.isEmpty() || page.path("chunk").isEmpty()
                  ? heard(room, backwards)
                  : back(room, end, backwards);
            });
  }

  private Future<Void> heard(Room room, List<SyncAnswer.Mark> backwards) {
    Collections.reverse(backwards);
    hear(room, backwards);
    return Future.succeededFuture();
  }

  private void hear(Room room, List<SyncAnswer.Mark> marks) {
    marks.forEach(mark -> known.getOrDefault(room, new BitSet()).set(mark.number()));
    ear.learn(marks);
  }

  private List<SyncAnswer.Mark> marks(JsonNode events) {
    List<SyncAnswer.Mark> marks = new ArrayList<>();
    for (JsonNode event : events) {
      JsonNode mark = event.path("content").path(Marks.MARK);
      if (mark.path("run").asText().equals(stage.runId())) {
        marks.add(
            new SyncAnswer.Mark(
                stage.runId(),
                mark.path("r").asInt(),
                mark.path("n").asInt(),
                mark.path("at").asLong()));
      }
    }
    return marks;
  }
}
