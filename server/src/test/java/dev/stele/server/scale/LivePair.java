package dev.stele.server.scale;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Two people of a small room, one of whom says something every fifty milliseconds while the other
 * polls: shows what other requests do to live ones.
 */
final class LivePair implements AutoCloseable {
  private static final String FILTER =
      Caller.encode("{\"room\":{\"timeline\":{\"limit\":100}},\"presence\":{\"types\":[]}}");

  private final Caller caller;
  private final String speaker;
  private final String listener;
  private final String room;
  private final AtomicLong worstNanos = new AtomicLong();
  private final Thread speaking;
  private final Thread listening;
  private volatile boolean stopped;

  LivePair(Caller caller) {
    this.caller = caller;
    this.speaker = caller.register();
    this.listener = caller.register();
    this.room =
        caller
            .ask(speaker, "POST", "v3/createRoom", "{\"preset\":\"public_chat\"}")
            .ok()
            .path("room_id")
            .asText();
    caller.ask(listener, "POST", "v3/join/" + Caller.encode(room), "{}").ok();
    this.listening = start(this::listen);
    this.speaking = start(this::speak);
  }

  /** The longest time from a send to its arrival since this was last called, in milliseconds. */
  double worstMillis() {
    return worstNanos.getAndSet(0) / 1e6;
  }

  @Override
  public void close() {
    stopped = true;
    try {
      speaking.join();
      listening.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static Thread start(Runnable loop) {
    Thread thread = new Thread(loop);
    thread.setDaemon(true);
    thread.start();
    return thread;
  }

  private void speak() {
    String run = Long.toHexString(System.nanoTime());
    for (int i = 0; !stopped; i++) {
      String path = "v3/rooms/" + Caller.encode(room) + "/send/m.room.message/" + run + "-" + i;
      String body =
          "{\"msgtype\":\"m.text\",\"body\":\"live\",\"at\":" + System.nanoTime() / 1_000 + "}";
      caller.ask(speaker, "PUT", path, body).ok();
      try {
        Thread.sleep(50);
      } catch (InterruptedException e) {
        return;
      }
    }
  }

  private void listen() {
    String since = caller.get(listener, "v3/sync?filter=" + FILTER).path("next_batch").asText();
    while (!stopped) {
      JsonNode news =
          caller.get(listener, "v3/sync?timeout=2000&filter=" + FILTER + "&since=" + since);
      long now = System.nanoTime();
      since = news.path("next_batch").asText();
      for (JsonNode event : news.at("/rooms/join").path(room).at("/timeline/events")) {
        long at = event.at("/content/at").asLong();
        if (at > 0) {
          worstNanos.accumulateAndGet(now - at * 1_000, Math::max);
        }
      }
    }
  }
}
