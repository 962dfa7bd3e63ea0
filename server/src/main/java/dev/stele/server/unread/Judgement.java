package dev.stele.server.unread;

import dev.stele.server.event.KnownEvent;
import dev.stele.server.push.RoomContext;
import dev.stele.server.push.Verdict;
import io.vertx.core.Future;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * What events of a room mean to a user's count of it.
 *
 * @param noted those that change it
 * @param threads the thread of each of them, by event id
 */
record Judgement(List<Noted> noted, Map<String, String> threads) {
  /** What an event does to the count. */
  enum Effect {
    /** It notifies. */
    NOTIFIES,
    /** It notifies, and stands out. */
    HIGHLIGHTS,
    /** The user has sent it themselves, and so has read what was before. */
    READS,
    /** It takes another event away. */
    REDACTS
  }

  record Noted(KnownEvent event, Effect effect) {
    Notification notification(String thread) {
      return new Notification(
          event.position(), event.id(), thread, effect == Effect.HIGHLIGHTS, null);
    }
  }

  /** Judges events, in any order. None may have been redacted before. */
  static Future<Judgement> of(
      Threads threads, Reader reader, RoomContext room, List<KnownEvent> events) {
    List<Noted> noted = new ArrayList<>();
    for (KnownEvent event : events) {
      note(reader, room, event, noted);
    }
    return noted.isEmpty()
        ? Future.succeededFuture(new Judgement(noted, Map.of()))
        : threads
            .of(noted.stream().map(Noted::event).toList())
            .map(found -> new Judgement(noted, found));
  }

  private static void note(Reader reader, RoomContext room, KnownEvent event, List<Noted> noted) {
    if (event.event().redacts() != null) {
      noted.add(new Noted(event, Effect.REDACTS));
    }
    if (event.pdu().sender().equals(reader.userId())) {
      // Changes of state may be done for the user, as those of their name in all rooms are.
      if (!event.pdu().isState()) {
        noted.add(new Noted(event, Effect.READS));
      }
      return;
    }
    if (!event.pdu().isState() && reader.ignored().contains(event.pdu().sender())) {
      return;
    }
    Verdict verdict = reader.rules().evaluate(event.pdu(), room);
    if (verdict.notifies()) {
      noted.add(new Noted(event, verdict.highlights() ? Effect.HIGHLIGHTS : Effect.NOTIFIES));
    }
  }

  String thread(Noted event) {
    return threads.getOrDefault(event.event().id(), Threads.MAIN);
  }

  /** The tally with these events, which come after it in this order. */
  Tally addTo(Tally before) {
    Tally tally = before;
    for (Noted next : noted) {
      KnownEvent event = next.event();
      String redacted = event.event().redacts();
      tally =
          switch (next.effect()) {
            case NOTIFIES, HIGHLIGHTS -> tally.plus(next.notification(thread(next)));
            case READS ->
                tally.read(tally.marks().upTo(thread(next), event.position()), event.position());
            case REDACTS -> redacted == null ? tally : tally.minus(redacted, event.position());
          };
    }
    return tally;
  }
}
