package dev.stele.server.sync;

import com.fasterxml.jackson.databind.JsonNode;
import com.google.errorprone.annotations.CanIgnoreReturnValue;
import dev.stele.server.testing.TestServer.Answer;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.stream.StreamSupport;

/** A device that sends messages to devices, and gets some. */
final class Letters {
  private final Follower follower;
  private final String device;

  Letters(Follower follower) {
    this.follower = follower;
    this.device = follower.client().get("/account/whoami").ok().path("device_id").asText();
  }

  Follower follower() {
    return follower;
  }

  String device() {
    return device;
  }

  Letters otherDevice() {
    return new Letters(follower.otherDevice());
  }

  /** Sends a text to one device. */
  void send(Letters to, String text) {
    put(to.body(text)).ok();
  }

  /** Sends messages in a transaction of their own. */
  @CanIgnoreReturnValue
  Answer put(String messages) {
    return put(UUID.randomUUID().toString(), messages);
  }

  @CanIgnoreReturnValue
  Answer put(String transaction, String messages) {
    return follower
        .client()
        .put("/sendToDevice/m.test/" + transaction, "{'messages':" + messages + "}");
  }

  /** The messages of a request that sends a text to this device. */
  String body(String text) {
    return "{'" + follower.id() + "':{'" + device + "':{'text':'" + text + "'}}}";
  }

  /** A whole request that sends a text to this device. */
  String whole(String text) {
    return "{'messages':" + body(text) + "}";
  }

  /** What waits for this device once what it has received is gone. */
  List<String> waiting() {
    long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(60);
    List<String> waiting = letters(follower.anew().sync());
    while (!waiting.isEmpty() && System.nanoTime() < deadline) {
      Thread.onSpinWait();
      waiting = letters(follower.anew().sync());
    }
    return waiting;
  }

  /** The texts that an answer brings. */
  static List<String> letters(JsonNode answer) {
    return StreamSupport.stream(answer.path("to_device").path("events").spliterator(), false)
        .map(event -> event.path("content").path("text").asText())
        .toList();
  }
}
