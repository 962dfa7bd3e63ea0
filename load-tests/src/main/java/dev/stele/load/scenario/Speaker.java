package dev.stele.load.scenario;

import dev.stele.load.client.Answer;
import dev.stele.load.client.User;
import dev.stele.load.measure.Operation;
import io.vertx.core.Future;

/** A user's voice: messages that are numbered and timed. Lives on its user's loop. */
final class Speaker {
  private final Stage stage;
  private final User user;
  private final Marks marks;
  private final Operation send;

  Speaker(Stage stage, User user, int index) {
    this.stage = stage;
    this.user = user;
    this.marks = stage.marks(index);
    this.send = stage.meter().operation("send");
  }

  /** Says the next thing in a room; fails as {@link Actor.Act} does. */
  Future<Answer> say(Room room, long since) {
    int number = room.ledger().nextNumber();
    String path = room.path("/send/m.room.message/" + stage.runId() + "." + number);
    return stage
        .time(send, since, user.put(path, marks.content(room.number(), number, since)))
        .onSuccess(answer -> room.ledger().acknowledged(number));
  }
}
