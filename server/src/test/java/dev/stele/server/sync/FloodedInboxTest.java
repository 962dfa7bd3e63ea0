package dev.stele.server.sync;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stele.api.Limits;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Whoever floods a device takes from nobody but themselves. */
final class FloodedInboxTest extends Meeting {
  private static final int TEXT_CHARS = Limits.MAX_TO_DEVICE_BYTES - 100;
  private static final long INBOX_BYTES = 32L << 20;

  /** Somewhat more than fit. */
  private static final int MESSAGES = (int) (INBOX_BYTES / TEXT_CHARS) + 20;

  @Test
  void fullInbox_losesTheOldest_ofItsBusiestSender() {
    Letters flooded = new Letters(bob);
    Letters quiet = new Letters(alice);
    Letters flooder = new Letters(person("mallory"));
    quiet.send(flooded, "the first");
    for (int i = 0; i < MESSAGES; i++) {
      flooder.send(flooded, padded(i));
    }
    quiet.send(flooded, "the last");

    List<String> received = received(flooded);

    assertThat(received).startsWith("the first").endsWith("the last");
    List<String> flood = received.subList(1, received.size() - 1);
    int first = MESSAGES - flood.size();
    assertThat(first).as("a tenth was freed").isBetween(MESSAGES / 10 - 20, MESSAGES / 5);
    for (int i = 0; i < flood.size(); i++) {
      assertThat(flood.get(i)).startsWith("number " + (first + i) + " ");
    }
    assertThat(server.metric("stele_inbox_dropped_total")).isEqualTo(first);
    assertThat(flooded.waiting()).isEmpty();
  }

  /** Everything, which takes several answers. */
  private static List<String> received(Letters device) {
    List<String> texts = new ArrayList<>();
    Follower follower = device.follower().anew();
    List<String> some = Letters.letters(follower.sync());
    while (!some.isEmpty()) {
      texts.addAll(some);
      some = Letters.letters(follower.sync());
    }
    return texts;
  }

  private static String padded(int number) {
    String text = "number " + number + " ";
    return text + "x".repeat(TEXT_CHARS - text.length());
  }
}
