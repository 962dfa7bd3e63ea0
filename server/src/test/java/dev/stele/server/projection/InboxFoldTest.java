package dev.stele.server.projection;

import static dev.stele.server.http.TestEdge.await;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.stele.server.record.DeviceOpened;
import dev.stele.server.record.DevicesClosed;
import dev.stele.server.record.Entry;
import dev.stele.server.record.Fact;
import dev.stele.server.record.InboxRead;
import dev.stele.server.record.ToDeviceSent;
import dev.stele.server.record.ToDeviceSent.Recipient;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The fold of inboxes, over a real log. */
final class InboxFoldTest {
  private static final String ALICE = "@alice:hs1";
  private static final String BOB = "@bob:hs1";
  private static final long ALL = Long.MAX_VALUE;

  private FoldedLog folded;
  private InboxProjection fold;
  private Inboxes inboxes;

  @BeforeEach
  void start() {
    folded = new FoldedLog(log -> List.of(new InboxProjection(log, new InboxLimits(20, 1_000))));
    fold = folded.fold(InboxProjection.class);
    inboxes = new Inboxes(folded.projections(), fold, folded.pool());
  }

  @AfterEach
  void stop() {
    folded.close();
  }

  @Test
  void messages_waitForOpenDevices_untilTheyAreRead() {
    folded.append(open(BOB, "A"), open(BOB, "B"));
    folded.append(send(ALICE, 1, "A", "B", "gone"), send(ALICE, 2, "A"));

    assertThat(waiting("A")).containsExactly(1, 2);
    assertThat(waiting("B")).containsExactly(1);
    assertThat(waiting("gone")).isEmpty();

    folded.append(new InboxRead(BOB, "A", 3));

    assertThat(waiting("A")).containsExactly(2);
    assertThat(waiting("B")).containsExactly(1);
    assertThat(await(inboxes.anyWaits(BOB, "A", 3))).isFalse();
    assertThat(await(inboxes.anyWaits(BOB, "A", 4))).isTrue();
  }

  @Test
  void closedDevice_losesItsInbox_andStartsWithoutOne() {
    folded.append(open(BOB, "A"));
    folded.append(send(ALICE, 1, "A"));
    folded.append(new DevicesClosed(BOB, List.of("A"), false));
    folded.append(send(ALICE, 2, "A"));
    folded.append(open(BOB, "A"));
    folded.append(send(ALICE, 3, "A"));

    assertThat(waiting("A")).containsExactly(3);
  }

  @Test
  void reopenedDevice_keepsWhatWaits() {
    folded.append(open(BOB, "A"));
    folded.append(send(ALICE, 1, "A"), open(BOB, "A"));

    assertThat(waiting("A")).containsExactly(1);
  }

  @Test
  void content_isErasedFromTheLog_onceNobodyWaitsForIt() {
    folded.append(open(BOB, "A"), open(BOB, "B"));
    folded.append(send(ALICE, 1, "A", "B"), remote(2, "A"), send(ALICE, 3, "gone"));
    folded.append(new InboxRead(BOB, "A", 100));

    await(folded.projections().caughtUp());
    assertThat(contents()).containsExactly(true, true, false);

    folded.append(new DevicesClosed(BOB, List.of("B"), false));

    await(folded.projections().caughtUp());
    assertThat(contents()).containsExactly(false, true, false);
  }

  @Test
  void fullInbox_losesTheOldestOfItsBusiestSender() {
    folded.append(open(BOB, "A"));
    folded.append(send(ALICE, 1, "A"));
    for (int n = 2; n <= 21; n++) {
      folded.append(send("@mallory:hs1", n, "A"));
    }

    assertThat(waiting("A")).hasSize(18).startsWith(1, 5).endsWith(21);
    assertThat(fold.dropped()).isEqualTo(3);
  }

  @Test
  void inboxOfManyBytes_losesTheOldestOfItsBusiestSender() {
    folded.append(open(BOB, "A"));
    folded.append(send(ALICE, 1, "A"));
    for (int n = 0; n < 4; n++) {
      folded.append(big("@mallory:hs1", 300));
    }

    List<InboxMessage> left = await(inboxes.messages(BOB, "A", 0, ALL, 100));
    assertThat(left).hasSize(3);
    assertThat(left.get(0).sender()).isEqualTo(ALICE);
  }

  /** The log has lost by then what was read, and the batches are others. */
  @Test
  void fold_batchesOfAnySize_giveTheSameRows() {
    Random random = new Random(6);
    folded.append(open(BOB, "A"), open(BOB, "B"), open(BOB, "C"));
    for (int i = 0; i < 40; i++) {
      List<Fact> facts = new ArrayList<>();
      for (int j = 0; j < 10; j++) {
        facts.add(any(random));
      }
      folded.append(facts.toArray(Fact[]::new));
    }
    Map<String, Projections.Digest> before = folded.digests();

    assertThat(before.get("inbox_message").rows()).isPositive();
    assertThat(fold.dropped()).isPositive();
    assertThat(contents()).contains(true, false);
    for (int size : new int[] {1, 3, 50, 1_000}) {
      assertThat(folded.refold(size)).isEqualTo(before);
    }
  }

  private Fact any(Random random) {
    String device = List.of("A", "B", "C").get(random.nextInt(3));
    return switch (random.nextInt(20)) {
      case 0 -> new DevicesClosed(BOB, List.of(device), false);
      case 1, 2 -> open(BOB, device);
      case 3 ->
          new InboxRead(BOB, device, Math.max(1, folded.log().committed() - random.nextInt(20)));
      case 4 -> big("@m" + random.nextInt(3) + ":hs1", random.nextInt(400));
      default -> {
        String sender = "@m" + random.nextInt(3) + ":hs1";
        yield random.nextBoolean()
            ? send(sender, random.nextInt(1_000), device)
            : send(sender, random.nextInt(1_000), "A", "B", "C");
      }
    };
  }

  /** Of each message in the log, whether it still says anything. */
  private List<Boolean> contents() {
    List<Boolean> contents = new ArrayList<>();
    for (Entry entry : folded.entries()) {
      if (entry.fact() instanceof ToDeviceSent sent) {
        contents.add(sent.contents() != null);
      }
    }
    return contents;
  }

  private List<Integer> waiting(String device) {
    return await(inboxes.messages(BOB, device, 0, ALL, 100)).stream()
        .map(message -> message.content().path("n").intValue())
        .toList();
  }

  private static Fact open(String user, String device) {
    return new DeviceOpened(user, device, "hash-" + user + device, null, null, null);
  }

  private static Fact send(String sender, int n, String... devices) {
    return sent(sender, content(n), List.of(), devices);
  }

  private static Fact remote(int n, String... devices) {
    Recipient elsewhere = new Recipient("@carol:hs2", List.of("*"), 0);
    return sent(ALICE, content(n), List.of(elsewhere), devices);
  }

  private static Fact big(String sender, int bytes) {
    JsonNode text = JsonNodeFactory.instance.objectNode().put("text", "x".repeat(bytes));
    return sent(sender, text, List.of(), "A");
  }

  private static Fact sent(
      String sender, JsonNode content, List<Recipient> remote, String... devices) {
    return new ToDeviceSent(
        sender,
        null,
        "m.test",
        List.of(new Recipient(BOB, List.of(devices), 0)),
        remote,
        List.of(content.toString().length()),
        List.of(content));
  }

  private static JsonNode content(int n) {
    return JsonNodeFactory.instance.objectNode().put("n", n);
  }
}
