package dev.stele.server.account;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stele.eventstore.Overloaded;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

final class UserQueuesTest {
  private final UserQueues queues = new UserQueues();

  @Test
  void submit_sameUser_waitsForTheEarlierTask() {
    Promise<String> first = Promise.promise();
    List<String> started = new ArrayList<>();

    Future<String> one = queues.submit("@a:hs", first::future);
    Future<String> two =
        queues.submit(
            "@a:hs",
            () -> {
              started.add("two");
              return Future.succeededFuture("two");
            });

    assertThat(started).isEmpty();
    first.complete("one");
    assertThat(started).containsExactly("two");
    assertThat(one.result()).isEqualTo("one");
    assertThat(two.result()).isEqualTo("two");
  }

  @Test
  void submit_otherUser_doesNotWait() {
    Future<String> stuck = queues.submit("@a:hs", () -> Promise.<String>promise().future());

    assertThat(queues.submit("@b:hs", () -> Future.succeededFuture("b")).result()).isEqualTo("b");
    assertThat(stuck.isComplete()).isFalse();
  }

  @Test
  void submit_earlierTaskFailedOrThrew_goesOn() {
    Future<String> failed = queues.submit("@a:hs", () -> Future.failedFuture("no"));
    Future<String> threw =
        queues.submit(
            "@a:hs",
            () -> {
              throw new IllegalStateException("no");
            });

    assertThat(failed.failed()).isTrue();
    assertThat(threw.failed()).isTrue();
    assertThat(queues.submit("@a:hs", () -> Future.succeededFuture("a")).result()).isEqualTo("a");
  }

  @Test
  void submit_tooManyWaiting_failsAtOnce() {
    Promise<String> first = Promise.promise();
    List<Future<String>> all = new ArrayList<>();
    all.add(queues.submit("@a:hs", first::future));
    for (int i = 0; i < 100; i++) {
      all.add(queues.submit("@a:hs", () -> Future.succeededFuture("later")));
    }

    Future<String> refused = queues.submit("@a:hs", () -> Future.succeededFuture("never"));

    assertThat(refused.cause()).isInstanceOf(Overloaded.class);
    first.complete("first");
    assertThat(all).allMatch(Future::succeeded);
  }
}
