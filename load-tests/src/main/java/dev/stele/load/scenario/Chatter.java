package dev.stele.load.scenario;

import dev.stele.load.client.User;
import dev.stele.load.measure.Operation;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicReferenceArray;

/** One of those who chat. Lives on its user's loop. */
final class Chatter {
  private static final double MESSAGES = 0.5;
  private static final double RECEIPTS = 0.3;
  private static final Buffer TYPING = Buffer.buffer("{\"typing\":true,\"timeout\":5000}");

  private final Stage stage;
  private final User user;
  private final List<Room> rooms;
  private final AtomicReferenceArray<String> lastEvents;
  private final Speaker speaker;
  private final SplittableRandom random;
  private final Operation typing;
  private final Operation receipt;

  /**
   * Somebody in some rooms.
   *
   * @param lastEvents the last event of each room by its number, or null; shared by all
   */
  Chatter(
      Stage stage,
      User user,
      List<Room> rooms,
      AtomicReferenceArray<String> lastEvents,
      int index) {
    this.stage = stage;
    this.user = user;
    this.rooms = rooms;
    this.lastEvents = lastEvents;
    this.speaker = new Speaker(stage, user, index);
    this.random = new SplittableRandom(stage.seed(index));
    this.typing = stage.meter().operation("typing");
    this.receipt = stage.meter().operation("receipt");
  }

  /** Says something, reads what was said, or begins to type. */
  Future<?> act(long since) {
    Room room = rooms.get(random.nextInt(rooms.size()));
    double what = random.nextDouble();
    if (what < MESSAGES) {
      return speaker
          .say(room, since)
          .onSuccess(answer -> lastEvents.set(room.number(), answer.text("event_id")));
    }
    String lastEvent = lastEvents.get(room.number());
    if (what < MESSAGES + RECEIPTS && lastEvent != null) {
      String path = room.path("/receipt/m.read/" + User.segment(lastEvent));
      return stage.time(receipt, since, user.post(path, Cast.NOTHING));
    }
    String path = room.path("/typing/" + User.segment(user.id()));
    return stage.time(typing, since, user.put(path, TYPING));
  }
}
