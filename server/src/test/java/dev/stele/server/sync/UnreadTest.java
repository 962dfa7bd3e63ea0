package dev.stele.server.sync;

import static dev.stele.server.sync.Follower.in;
import static dev.stele.server.sync.Follower.joined;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.google.errorprone.annotations.CanIgnoreReturnValue;
import dev.stele.server.testing.TestServer.Answer;
import dev.stele.server.testing.TestServer.Client;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** How many notifications of a room are unread, as {@code /sync} tells it. */
final class UnreadTest extends Meeting {
  private static final String THREADS =
      "{'room':{'timeline':{'unread_thread_notifications':true}}}";

  @Override
  String newRoom() {
    String hall = alice.createRoom("{'preset':'public_chat','name':'Hall'}");
    alice.say(hall, "before");
    return hall;
  }

  @Test
  void messages_ofOthers_countInTheAnswerThatTellsThem() {
    assertThat(counts(alice.anew().sync())).as("her own").isEqualTo("0/0");
    assertThat(counts(bob.anew().sync())).as("before he came").isEqualTo("0/0");

    alice.say(room, "one");
    assertThat(counts(bob.sync())).isEqualTo("1/0");
    alice.say(room, "two");
    mention("three");

    assertThat(counts(bob.sync())).isEqualTo("3/1");
    assertThat(counts(bob.anew().sync())).as("from the beginning").isEqualTo("3/1");
    assertThat(counts(alice.anew().sync())).isEqualTo("0/0");
  }

  @Test
  void messages_whilePolling_countToo() {
    var poll = bob.poll();

    alice.say(room, "one");

    assertThat(counts(poll.join())).isEqualTo("1/0");
  }

  @ParameterizedTest
  @ValueSource(strings = {"m.read", "m.read.private"})
  void receipt_ofEitherKind_resetsTheCount(String type) {
    String one = alice.say(room, "one");
    alice.say(room, "two");
    assertThat(counts(bob.sync())).isEqualTo("2/0");

    bob.receipt(room, type, one);

    assertThat(counts(bob.sync())).isEqualTo("1/0");
    assertThat(counts(bob.anew().sync())).isEqualTo("1/0");
  }

  @Test
  void receipt_wakesOtherDevices_whateverTheyFilter() {
    String one = alice.say(room, "one");
    assertThat(counts(bob.sync())).isEqualTo("1/0");
    Follower phone = bob.otherDevice();
    String filter = "{'room':{'ephemeral':{'not_types':['m.receipt']}}}";
    assertThat(counts(phone.filtered(filter))).isEqualTo("1/0");

    bob.receipt(room, "m.read.private", one);

    assertThat(counts(phone.filtered(filter))).isEqualTo("0/0");
    assertThat(joined(alice.sync(), room).toString()).doesNotContain("m.read.private");
  }

  @Test
  void receipts_ofBothKinds_theLaterOneCounts() {
    String one = alice.say(room, "one");
    String two = alice.say(room, "two");
    alice.say(room, "three");
    bob.receipt(room, "m.read.private", two);
    assertThat(counts(bob.sync())).isEqualTo("1/0");

    bob.receipt(room, "m.read", one);
    assertThat(counts(bob.anew().sync())).isEqualTo("1/0");
    bob.receipt(room, "m.read", one);

    assertThat(counts(bob.anew().sync())).isEqualTo("1/0");
  }

  @Test
  void receipt_forAnEarlierEvent_goesNowhere() {
    String one = alice.say(room, "one");
    String two = alice.say(room, "two");
    bob.receipt(room, "m.read", two);
    alice.sync();

    bob.receipt(room, "m.read", one);

    assertThat(alice.sync().toString()).doesNotContain("m.receipt");
    assertThat(counts(bob.anew().sync())).isEqualTo("0/0");
  }

  @Test
  void receipt_ofSomebodyElse_doesNotCount() {
    String one = alice.say(room, "one");
    bob.sync();
    alice.receipt(room, "m.read", one);

    assertThat(counts(bob.sync())).isEqualTo("1/0");
  }

  @Test
  void ownMessage_readsWhatWasBefore() {
    alice.say(room, "one");
    assertThat(counts(bob.sync())).isEqualTo("1/0");

    bob.say(room, "answer");
    assertThat(counts(bob.sync())).isEqualTo("0/0");
    alice.say(room, "two");

    assertThat(counts(bob.sync())).isEqualTo("1/0");
    assertThat(counts(bob.anew().sync())).isEqualTo("1/0");
  }

  @Test
  void ownName_readsNothing() {
    alice.say(room, "one");
    bob.sync();

    bob.rename("Robert");

    assertThat(counts(bob.sync())).isEqualTo("1/0");
  }

  @Test
  void redacted_doesNotCount() {
    String one = alice.say(room, "one");
    alice.say(room, "two");
    assertThat(counts(bob.sync())).isEqualTo("2/0");

    alice.client().put(in(room) + "/redact/" + one + "/t", "{}").ok();

    assertThat(counts(bob.sync())).isEqualTo("1/0");
    assertThat(counts(bob.anew().sync())).isEqualTo("1/0");
  }

  @Test
  void noticesReactionsAndEdits_doNotCount() {
    String one = alice.say(room, "one");
    alice.send(room, "m.room.message", "{'msgtype':'m.notice','body':'notice'}");
    alice.send(
        room,
        "m.reaction",
        "{'m.relates_to':{'rel_type':'m.annotation','event_id':'" + one + "','key':'+'}}");
    alice.send(
        room,
        "m.room.message",
        "{'msgtype':'m.text','body':'* 1','m.new_content':{'msgtype':'m.text','body':'1'},"
            + "'m.relates_to':{'rel_type':'m.replace','event_id':'"
            + one
            + "'}}");

    assertThat(counts(bob.sync())).isEqualTo("1/0");
    assertThat(counts(bob.anew().sync())).isEqualTo("1/0");
  }

  @Test
  void ignoredUser_doesNotCount() {
    alice.say(room, "one");
    assertThat(counts(bob.sync())).isEqualTo("1/0");
    bob.client()
        .put(
            "/user/" + bob.id() + "/account_data/m.ignored_user_list",
            "{'ignored_users':{'" + alice.id() + "':{}}}")
        .ok();
    alice.say(room, "two");

    assertThat(counts(bob.anew().sync())).isEqualTo("0/0");
  }

  @Test
  void rules_whenChanged_countAnew() {
    alice.say(room, "one cake");
    alice.say(room, "two");
    assertThat(counts(bob.sync())).isEqualTo("2/0");

    rule("content/cake", "{'pattern':'cake','actions':['notify',{'set_tweak':'highlight'}]}");
    alice.say(room, "three CAKE");
    assertThat(counts(bob.sync())).isEqualTo("3/2");

    rule("room/" + Client.encode(room), "{'actions':[]}");
    alice.say(room, "four");
    assertThat(counts(bob.sync())).as("muted but for cake").isEqualTo("2/2");
    assertThat(counts(bob.anew().sync())).isEqualTo("2/2");
  }

  @Test
  void roomMention_byWhomMay_highlights() {
    alice.send(
        room, "m.room.message", "{'msgtype':'m.text','body':'x','m.mentions':{'room':true}}");
    assertThat(counts(bob.sync())).isEqualTo("1/1");
    alice.sync();
    bob.send(room, "m.room.message", "{'msgtype':'m.text','body':'x','m.mentions':{'room':true}}");
    assertThat(counts(alice.sync())).as("he may not").isEqualTo("1/0");

    alice.setState(room, "m.room.power_levels", "{'notifications':{'room':0}}");
    bob.send(room, "m.room.message", "{'msgtype':'m.text','body':'x','m.mentions':{'room':true}}");
    assertThat(counts(alice.sync())).as("now he may").isEqualTo("2/1");
  }

  @Test
  void displayNameAndMemberCount_followTheRoom() {
    rule(
        "override/name",
        "{'conditions':[{'kind':'contains_display_name'}],'actions':['notify',"
            + "{'set_tweak':'highlight'}]}");
    rule("underride/few", "{'conditions':[{'kind':'room_member_count','is':'>2'}],'actions':[]}");
    alice.say(room, "hello Robert");
    assertThat(counts(bob.sync())).isEqualTo("1/0");

    bob.rename("Robert");
    alice.say(room, "hello robert!");
    assertThat(counts(bob.sync())).isEqualTo("2/1");

    person("carol").join(room);
    alice.say(room, "among three");
    assertThat(counts(bob.sync())).as("no notification any more").isEqualTo("2/1");
  }

  @Test
  void threads_ifAskedFor_areCountedApart() {
    String root = alice.say(room, "root");
    String other = alice.say(room, "other");
    String reply = inThread(root, "a");
    inThread(root, "b");
    inThread(other, "c");

    JsonNode all = bob.fork().sync();
    JsonNode apart = bob.filtered(THREADS);
    assertThat(counts(all)).isEqualTo("5/0");
    assertThat(joined(all, room).has("unread_thread_notifications")).isFalse();
    assertThat(counts(apart)).isEqualTo("2/0");
    assertThat(threads(apart)).isEqualTo(perThread(root, 2, other, 1));
    assertThat(threads(bob.anew().filtered(THREADS))).isEqualTo(perThread(root, 2, other, 1));

    threadReceipt(reply, root);
    JsonNode read = bob.filtered(THREADS);
    assertThat(counts(read)).as("the main timeline").isEqualTo("2/0");
    assertThat(threads(read)).isEqualTo(perThread(root, 1, other, 1));

    threadReceipt(other, "main");
    read = bob.filtered(THREADS);
    assertThat(counts(read)).isEqualTo("0/0");
    assertThat(threads(read)).isEqualTo(perThread(root, 1, other, 1));
    read = bob.anew().filtered(THREADS);
    assertThat(counts(read)).as("from the beginning").isEqualTo("0/0");
    assertThat(threads(read)).isEqualTo(perThread(root, 1, other, 1));

    bob.receipt(room, "m.read", alice.say(room, "last"));
    read = bob.filtered(THREADS);
    assertThat(counts(read)).as("an unthreaded receipt reads everything").isEqualTo("0/0");
    assertThat(joined(read, room).has("unread_thread_notifications")).isFalse();
  }

  @Test
  void rejoin_startsAnew() {
    alice.say(room, "one");
    assertThat(counts(bob.sync())).isEqualTo("1/0");
    bob.leave(room);
    assertThat(bob.sync().toString()).doesNotContain("notification_count");
    alice.say(room, "two");
    bob.join(room);
    alice.say(room, "three");

    assertThat(counts(bob.sync())).isEqualTo("1/0");
  }

  @Test
  void manyMessages_areCountedUpToALimit() {
    for (int i = 0; i < 130; i++) {
      alice.say(room, "m" + i);
    }
    mention("you");

    assertThat(counts(bob.sync())).isEqualTo("131/1");
    assertThat(counts(bob.anew().sync())).isEqualTo("131/1");
  }

  @Test
  void count_madeAnew_looksBackAThousandEvents() {
    mention("too long ago");
    reactions(499);
    mention("just within");
    reactions(499);
    assertThat(counts(bob.sync())).as("counted on").isEqualTo("2/2");

    server.restart();

    assertThat(counts(bob.anew().sync())).as("counted back").isEqualTo("2/2");
    reactions(1);
    server.restart();
    assertThat(counts(bob.anew().sync())).isEqualTo("1/1");
  }

  private void reactions(int number) {
    CompletableFuture<?>[] sent =
        IntStream.range(0, number)
            .mapToObj(
                i ->
                    alice
                        .client()
                        .putLater(
                            in(room) + "/send/m.reaction/" + UUID.randomUUID(),
                            "{'note':" + i + "}")
                        .thenApply(Answer::ok))
            .toArray(CompletableFuture[]::new);
    CompletableFuture.allOf(sent).join();
  }

  @CanIgnoreReturnValue
  private String inThread(String root, String text) {
    return alice.send(
        room,
        "m.room.message",
        "{'msgtype':'m.text','body':'"
            + text
            + "','m.relates_to':{'rel_type':'m.thread','event_id':'"
            + root
            + "'}}");
  }

  private void threadReceipt(String eventId, String thread) {
    bob.client()
        .post(in(room) + "/receipt/m.read/" + eventId, "{'thread_id':'" + thread + "'}")
        .ok();
  }

  private void mention(String text) {
    alice.send(
        room,
        "m.room.message",
        "{'msgtype':'m.text','body':'"
            + text
            + "','m.mentions':{'user_ids':['"
            + bob.id()
            + "']}}");
  }

  private void rule(String path, String json) {
    bob.client().put("/pushrules/global/" + path, json).ok();
  }

  private String counts(JsonNode answer) {
    JsonNode unread = joined(answer, room).path("unread_notifications");
    return unread.path("notification_count") + "/" + unread.path("highlight_count");
  }

  private JsonNode threads(JsonNode answer) {
    return joined(answer, room).path("unread_thread_notifications");
  }

  private static JsonNode perThread(String one, int ofOne, String other, int ofOther) {
    ObjectNode threads = JsonNodeFactory.instance.objectNode();
    threads.putObject(one).put("highlight_count", 0).put("notification_count", ofOne);
    threads.putObject(other).put("highlight_count", 0).put("notification_count", ofOther);
    return threads;
  }
}
