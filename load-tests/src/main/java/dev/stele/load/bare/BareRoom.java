package dev.stele.load.bare;

import io.vertx.core.Context;
import io.vertx.core.buffer.Buffer;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;

/** Messages, and the polls that wait for more. Thread-safe; a poll is answered on its own loop. */
final class BareRoom {
  private static final int MOST_KEPT = 10_000;

  private final String id;
  private final int answerBytes;
  private final ArrayDeque<String> events = new ArrayDeque<>();
  private final Map<Context, Set<Poll>> waiting = new HashMap<>();
  private int position;

  BareRoom(String id, int answerBytes) {
    this.id = id;
    this.answerBytes = answerBytes;
  }

  /** Somebody who waits. All but its making happens on its loop. */
  static final class Poll {
    private final Context context;
    private final int since;
    private final Consumer<Buffer> respond;
    private Runnable afterwards = () -> {};
    private boolean answered;

    Poll(Context context, int since, Consumer<Buffer> respond) {
      this.context = context;
      this.since = since;
      this.respond = respond;
    }

    boolean isAnswered() {
      return answered;
    }

    void onAnswered(Runnable what) {
      afterwards = what;
    }

    private void answer(Buffer body) {
      if (!answered) {
        answered = true;
        afterwards.run();
        respond.accept(body);
      }
    }
  }

  /** Answers at once when there is news or the poll asks for the beginning, or else holds it. */
  void poll(Poll poll) {
    Buffer now;
    synchronized (this) {
      if (poll.since == position) {
        waiting.computeIfAbsent(poll.context, absent -> new LinkedHashSet<>()).add(poll);
        return;
      }
      now = answer(poll.since < 0 ? position : poll.since);
    }
    poll.answer(now);
  }

  synchronized void forget(Poll poll) {
    waiting.computeIfAbsent(poll.context, absent -> new LinkedHashSet<>()).remove(poll);
  }

  /** Answers with nothing new. */
  void giveUp(Poll poll) {
    forget(poll);
    Buffer nothing;
    synchronized (this) {
      nothing = answer(poll.since);
    }
    poll.answer(nothing);
  }

  /** Tells everybody who waits; one answer is made for all. */
  synchronized void say(String eventId, Buffer content) {
    events.add(
        "{\"type\":\"m.room.message\",\"sender\":\"@bare:bare\",\"origin_server_ts\":1,"
            + "\"event_id\":\""
            + eventId
            + "\",\"content\":"
            + content
            + "}");
    if (events.size() > MOST_KEPT) {
      events.remove();
    }
    position++;
    Buffer answer = answer(position - 1);
    waiting.forEach((context, polls) -> tell(context, polls, answer));
  }

  private static void tell(Context context, Set<Poll> polls, Buffer answer) {
    List<Poll> woken = new ArrayList<>(polls);
    polls.clear();
    if (!woken.isEmpty()) {
      context.runOnContext(there -> woken.forEach(poll -> poll.answer(answer)));
    }
  }

  private Buffer answer(int since) {
    int count = Math.min(position - since, events.size());
    String news = last(count);
    String answer =
        "{\"next_batch\":\""
            + position
            + "\",\"rooms\":{\"join\":{\""
            + id
            + "\":{\"timeline\":{\"limited\":false,\"events\":["
            + news
            + "]}}}},\"pad\":\"";
    int missing = count == 0 ? 0 : Math.max(0, answerBytes - answer.length() - 2);
    return Buffer.buffer(answer + "x".repeat(missing) + "\"}");
  }

  private String last(int count) {
    List<String> last = new ArrayList<>(count);
    Iterator<String> newest = events.descendingIterator();
    for (int i = 0; i < count; i++) {
      last.add(newest.next());
    }
    Collections.reverse(last);
    return String.join(",", last);
  }
}
