package dev.stele.server.sync;

import dev.stele.server.sliding.ConnectionState;
import dev.stele.server.sliding.RoomConfig;
import dev.stele.server.sliding.SentRoom;
import io.vertx.core.buffer.Buffer;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** An answer of simplified sliding sync, put together room by room. */
final class SlidingAnswer implements Prepared {
  private final SlidingServices services;
  private final SlidingAsked asked;
  private final long upTo;
  private final long typing;
  private final Map<String, SentRoom> sent;
  private final Fragments rooms = new Fragments();
  private Map<String, Integer> lists = Map.of();
  private SlidingExtensions.@Nullable Told extensions;

  SlidingAnswer(SlidingServices services, SlidingAsked asked, long upTo, long typing) {
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
   * Takes a room that the request is about.
   *
   * @param news what there is to tell of it; null if nothing
   */
  void add(SlidingRoom room, @Nullable SlidingNews news) {
    if (news != null && !news.isEmpty()) {
      rooms.add(room.id(), services.writer().encode(news, asked));
    }
    SentRoom before = room.sent();
    if (news != null) {
      boolean gap = news.slice() != null && news.slice().limited();
      sent.put(room.id(), new SentRoom(upTo, typing, known(room, gap), news.face()));
    } else if (before != null) {
      sent.put(room.id(), new SentRoom(upTo, typing, known(room, false), before.face()));
    }
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
    return services.writer().encode(pos, lists, rooms, extensions);
  }
}
