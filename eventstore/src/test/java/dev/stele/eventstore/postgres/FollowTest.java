package dev.stele.eventstore.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.stele.eventstore.Append;
import dev.stele.eventstore.Appended;
import dev.stele.eventstore.Following;
import dev.stele.eventstore.LogRecord;
import dev.stele.eventstore.NewRecord;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

final class FollowTest extends LogTest {
  private final List<LogRecord> taken = new CopyOnWriteArrayList<>();

  private Future<Void> take(List<LogRecord> records) {
    taken.addAll(records);
    return Future.succeededFuture();
  }

  private void assertTakenUpTo(long last) {
    assertThat(positions(taken))
        .containsExactlyElementsOf(LongStream.rangeClosed(1, last).boxed().toList());
  }

  @Test
  void follow_fromTheStart_givesWhatIsThereAndWhatComes() {
    PostgresEventLog log = open();
    appendMany(log, "s", 2_500);

    Following following = log.follow("test", 0, this::take);
    appendMany(log, "s", 2_500);
    await(following.reached(5_000));

    assertTakenUpTo(5_000);
    assertThat(following.position()).isEqualTo(5_000);
  }

  @Test
  void follow_afterAPosition_startsThere() {
    PostgresEventLog log = open();
    await(log.append(append("s", "1", "2", "3")));

    await(log.follow("test", 2, this::take).reached(3));

    assertThat(positions(taken)).containsExactly(3L);
  }

  @Test
  void follower_ofLocalAppends_getsWhatTheWriterDecoded() {
    PostgresEventLog log = open();
    Object decoded = new Object();
    Following following = log.follow("test", 0, this::take);
    NewRecord record = new NewRecord("s", "k", "{}", null, List.of(), decoded);

    await(log.append(new Append(null, List.of(record), List.of())));
    await(following.reached(1));

    assertThat(taken.get(0).decoded()).isSameAs(decoded);
  }

  @Test
  void follower_onTheAppendersContext_isHandedRecordsBeforeTheAppendCompletes() {
    PostgresEventLog log = open();
    Context context = vertx().getOrCreateContext();
    Promise<Integer> takenAtCompletion = Promise.promise();

    context.runOnContext(
        nothing -> {
          Following unused = log.follow("test", 0, this::take);
          log.append(append("s", "1")).onComplete(done -> takenAtCompletion.complete(taken.size()));
        });

    assertThat(await(takenAtCompletion.future())).isEqualTo(1);
  }

  @Test
  void follower_thatIsSlow_readsTheRestFromTheDatabase() {
    PostgresEventLog log = open();
    Promise<Void> gate = Promise.promise();
    Following following =
        log.follow(
            "test",
            0,
            records -> {
              Future<Void> unused = take(records);
              return gate.future();
            });

    appendMany(log, "s", 30_000);
    gate.complete();
    await(following.reached(30_000));

    assertTakenUpTo(30_000);
  }

  @Test
  void follower_thatFails_isOfferedTheSameAgain() {
    PostgresEventLog log = open();
    AtomicInteger calls = new AtomicInteger();
    Following following =
        log.follow(
            "test",
            0,
            records ->
                switch (calls.incrementAndGet()) {
                  case 1 -> Future.failedFuture("not now");
                  case 2 -> throw new IllegalStateException("nor now");
                  default -> take(records);
                });

    appendMany(log, "s", 10);
    await(following.reached(10));

    assertTakenUpTo(10);
  }

  @Test
  void follower_besideAnotherWriter_missesNothing() {
    PostgresEventLog here = open();
    PostgresEventLog there = open();
    Following following = here.follow("test", 0, this::take);

    for (int i = 0; i < 20; i++) {
      await(there.append(append("s", "there")));
      await(here.append(append("s", "here", "here")));
    }
    await(following.reached(60));

    assertTakenUpTo(60);
  }

  @Test
  void follower_ofAnotherNodesAppends_isToldWithoutAppendingItself() {
    PostgresEventLog here = open();
    PostgresEventLog there = open();
    Following following = here.follow("test", 0, this::take);

    Appended appended = await(there.append(append("s", "1")));
    await(following.reached(first(appended)));

    assertTakenUpTo(1);
    assertThat(here.committed()).isEqualTo(1);
  }

  @Test
  void follow_atAPace_gathersUntilSomebodyAsks() {
    PostgresEventLog log = open();
    AtomicInteger calls = new AtomicInteger();
    Following following =
        log.follow(
            "test",
            0,
            Duration.ofHours(1),
            records -> {
              calls.incrementAndGet();
              return take(records);
            });
    await(log.append(append("s", "1")));
    await(following.reached(1));
    await(log.append(append("s", "2")));
    await(log.append(append("s", "3")));

    await(following.reached(3));

    assertTakenUpTo(3);
    assertThat(calls).hasValue(2);
  }

  @Test
  void close_ofAFollowing_endsItAndThoseWhoWait() {
    PostgresEventLog log = open();
    Following following = log.follow("test", 0, this::take);
    Future<Void> never = following.reached(99);

    await(following.close());
    await(log.append(append("s", "1")));

    assertThat(taken).isEmpty();
    assertThatThrownBy(() -> await(never)).hasMessageContaining("closed");
    assertThatThrownBy(() -> await(following.reached(99))).hasMessageContaining("closed");
  }

  @Test
  void stuck_whileTheFollowerFails_isTold() {
    SimpleMeterRegistry meters = new SimpleMeterRegistry();
    PostgresEventLog log = open(OPTIONS, meters);
    AtomicBoolean broken = new AtomicBoolean(true);
    Following following =
        log.follow(
            "moody",
            0,
            records -> broken.get() ? Future.failedFuture("moody today") : take(records));
    await(log.append(append("s", "1")));
    while (stuck(meters) == 0) {
      Thread.onSpinWait();
    }

    broken.set(false);
    await(following.reached(1));

    assertThat(stuck(meters)).isZero();
  }

  private static double stuck(SimpleMeterRegistry meters) {
    return meters.get("stele.log.stuck").tag("follower", "moody").gauge().value();
  }
}
