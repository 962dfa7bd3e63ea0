package dev.stele.server.sync;

import dev.stele.server.event.ShownEvent;
import dev.stele.server.sliding.ConnectionState;
import dev.stele.server.sliding.RoomConfig;
import dev.stele.server.sliding.SentRoom;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** An answer of simplified sliding sync, put together room by room. */
final class SlidingAnswer implements Prepared {
  /** How much to gather before it is passed on. */
  private static final int PIECE_BYTES = 64 << 10;

  private final SlidingServices services;
  private final SlidingAsked asked;
  private final long upTo;
  private final long typing;
  private final Map<String, SentRoom> sent;
  private final Fragments rooms = new Fragments();
  private final Function<Buffer, Future<Void>> outlet;

  /** Whether some of the answer has left by the outlet. */
  private boolean begun;

  /** Whether events of the state that is open are there already. */
  private boolean stateBegun;

  private Map<String, Integer> lists = Map.of();
  private SlidingExtensions.@Nullable Told extensions;

  SlidingAnswer(
      SlidingServices services,
      SlidingAsked asked,
      long upTo,
      long typing,
      Function<Buffer, Future<Void>> outlet) {
    this.outlet = outlet;
    this.services = services;
    this.asked = asked;
    this.upTo = upTo;
    this.typing = typing;
    this.sent = new HashMap<>(asked.base().state().rooms());
  }

  /** How long each list is. */
  void lists(Map<String, Integer> counts) {
    lists = counts;
  }

  /**
   * Takes a room that the request is about. If there are members to tell besides, its state goes on
   * with {@link #addState}, until {@link #closeState}.
   *
   * @param news what there is to tell of it; null if nothing
   */
  void add(SlidingRoom room, @Nullable SlidingNews news) {
    if (news != null && !news.isEmpty()) {
      add(room.id(), services.writer().encode(news, asked), news.members() != null);
    }
    SentRoom before = room.sent();
    if (news != null) {
      boolean gap = news.slice() != null && news.slice().limited();
      sent.put(room.id(), new SentRoom(upTo, typing, known(room, gap), news.face()));
    } else if (before != null) {
      sent.put(room.id(), new SentRoom(upTo, typing, known(room, false), before.face()));
    }
  }

  private void add(String roomId, byte[] whole, boolean open) {
    int end = open ? whole.length - SlidingWriter.END_OF_STATE.length : whole.length;
    stateBegun = whole[end - 1] != '[';
    rooms.add(roomId, open ? Arrays.copyOf(whole, end) : whole);
  }

  /** Adds state to the room that is open. */
  void addState(List<ShownEvent> events) {
    if (!events.isEmpty()) {
      rooms.append(services.writer().encode(events, asked.viewer(), stateBegun));
      stateBegun = true;
    }
  }

  /** That was all of its state. */
  void closeState() {
    rooms.append(SlidingWriter.END_OF_STATE);
  }

  /** Passes on what there is of rooms, if it is much. */
  Future<Void> flush() {
    if (rooms.size() < PIECE_BYTES) {
      return Future.succeededFuture();
    }
    Buffer piece = Buffer.buffer(begun ? "" : SlidingWriter.BEGIN).appendBytes(rooms.take());
    begun = true;
    return outlet.apply(piece);
  }

  /** How much the client now knows: without a gap, as much of the timeline as it had before. */
  private static RoomConfig known(SlidingRoom room, boolean gap) {
    SentRoom before = room.sent();
    int limit = room.config().timelineLimit();
    return new RoomConfig(
        before == null || gap ? limit : Math.max(limit, before.config().timelineLimit()),
        room.config().requiredState());
  }

  void extensions(SlidingExtensions.Told told) {
    extensions = told;
  }

  @Override
  public boolean isEmpty() {
    return rooms.isEmpty() && (extensions == null || extensions.isEmpty());
  }

  @Override
  public Buffer encode() {
    long number = asked.base().state().number() + 1;
    String pos =
        services
            .connections()
            .remember(asked.base(), new ConnectionState(number, upTo, typing, sent));
    if (extensions != null) {
      extensions.inbox().ifPresent(services.sync().devices().inbox()::tells);
    }
    return Buffer.buffer(begun ? "" : SlidingWriter.BEGIN)
        .appendBytes(rooms.take())
        .appendBytes(services.writer().end(pos, lists, extensions));
  }
}
