package dev.stele.eventstore.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.stele.eventstore.Append;
import dev.stele.eventstore.Appended;
import dev.stele.eventstore.Claim;
import dev.stele.eventstore.Lane;
import dev.stele.eventstore.LogRecord;
import dev.stele.eventstore.NewRecord;
import dev.stele.eventstore.Overloaded;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class AppendTest extends LogTest {

  @Test
  void append_ofRecords_givesThemTheNextPositions() {
    PostgresEventLog log = open();

    assertThat(await(log.append(append("a", "1", "2")))).isEqualTo(new Appended.Committed(1));
    assertThat(await(log.append(append("b", "3")))).isEqualTo(new Appended.Committed(3));

    assertThat(log.committed()).isEqualTo(3);
    assertThat(positions(await(log.read(0, 10)))).containsExactly(1L, 2L, 3L);
  }

  @Test
  void read_ofWhatWasAppended_givesItBack() {
    PostgresEventLog log = open(LogOptions.defaults(() -> Instant.ofEpochMilli(1234)));
    NewRecord full =
        new NewRecord("s", "k", "{\"a\":\"\\u0000 ü😀\"}", "{\"b\":1}", List.of(), this);

    long position = first(await(log.append(new Append(null, List.of(full), List.of()))));

    assertThat(await(log.read(0, 10)))
        .containsExactly(
            new LogRecord(position, "s", "k", 1234, full.skeleton(), full.content(), null));
  }

  @Test
  void readStream_afterAPosition_givesItsRecordsOnly() {
    PostgresEventLog log = open();
    await(log.append(append("a", "1")));
    await(log.append(append("b", "2")));
    await(log.append(append("a", "3", "4", "5")));

    assertThat(skeletons(await(log.readStream("a", 1, 2)))).containsExactly("3", "4");
  }

  @Test
  void readAt_ofPositionsKnownAndUnknown_givesTheKnownInOrder() {
    PostgresEventLog log = open();
    await(log.append(append("a", "1", "2", "3")));

    assertThat(skeletons(await(log.readAt(List.of(3L, 99L, 1L))))).containsExactly("1", "3");
    assertThat(await(log.readAt(List.of()))).isEmpty();
  }

  @Test
  void append_ofManyAtOnce_sharesTransactionsAndKeepsTheOrder() {
    PostgresEventLog log = open();

    appendMany(log, "s", 3_000);

    assertThat(skeletons(await(log.readStream("s", 0, 3_000))))
        .containsExactlyElementsOf(IntStream.range(0, 3_000).mapToObj(Integer::toString).toList());
    long transactions =
        sql("SELECT count(DISTINCT xmin::text) FROM log.record").iterator().next().getLong(0);
    assertThat(transactions).isLessThan(100);
  }

  @Test
  void append_ofAHeldClaim_conflictsWithItsHolder() {
    PostgresEventLog log = open();
    long holder = first(await(log.append(claiming(null, name("a"), name("b")))));

    assertThat(await(log.append(claiming(null, name("c"), name("b")))))
        .isEqualTo(new Appended.Conflict(name("b"), holder));

    assertThat(await(log.holders(List.of(name("a"), name("b"), name("c")))))
        .isEqualTo(Map.of(name("a"), holder, name("b"), holder));
    assertThat(log.committed()).isEqualTo(holder);
  }

  @Test
  void append_ofOneClaimTwiceAtOnce_commitsTheFirst() {
    PostgresEventLog log = open();

    Future<Appended> first = log.append(claiming(null, name("a")));
    Future<Appended> second = log.append(claiming(null, name("a")));

    assertThat(await(second)).isEqualTo(new Appended.Conflict(name("a"), first(await(first))));
  }

  @Test
  void append_besideAConflict_isCommitted() {
    PostgresEventLog log = open();
    await(log.append(claiming(null, name("taken"))));

    List<Future<Appended>> appends =
        IntStream.range(0, 100)
            .mapToObj(i -> log.append(claiming(null, name(i % 10 == 0 ? "taken" : "n" + i))))
            .toList();

    List<Appended> outcomes = appends.stream().map(LogTest::await).toList();
    assertThat(outcomes.stream().filter(Appended.Conflict.class::isInstance)).hasSize(10);
    assertThat(log.committed()).isEqualTo(91);
    assertThat(positions(await(log.read(0, 200))))
        .containsExactlyElementsOf(LongStream.rangeClosed(1, 91).boxed().toList());
  }

  @Test
  void append_laterInALaneThatWasRefused_isAborted() {
    PostgresEventLog log = open();
    await(log.append(claiming(null, name("a"))));
    Lane lane = new Lane();

    Future<Appended> before = log.append(append(lane, "s", "before"));
    Future<Appended> refused = log.append(claiming(lane, name("a")));
    Future<Appended> after = log.append(append(lane, "s", "after"));
    Future<Appended> elsewhere = log.append(append(new Lane(), "s", "elsewhere"));

    assertThat(await(before)).isInstanceOf(Appended.Committed.class);
    assertThat(await(refused)).isInstanceOf(Appended.Conflict.class);
    assertThat(await(after)).isEqualTo(new Appended.Aborted());
    assertThat(await(elsewhere)).isInstanceOf(Appended.Committed.class);
    assertThat(lane.isBroken()).isTrue();
    assertThat(skeletons(await(log.readStream("s", 0, 10)))).containsExactly("before", "elsewhere");
  }

  @Test
  void append_inALane_keepsItsOrderAroundAnAppendThatHasToWait() {
    PostgresEventLog log = open();
    Lane lane = new Lane();

    Future<Appended> holder = log.append(claiming(null, name("a")));
    Future<Appended> waits = log.append(releasing(name("a"), name("b")));
    Future<Appended> first = log.append(claiming(lane, name("a")));
    Future<Appended> second = log.append(append(lane, "s", "second"));

    assertThat(first(await(holder))).isLessThan(first(await(waits)));
    assertThat(first(await(waits))).isLessThan(first(await(first)));
    assertThat(first(await(first))).isLessThan(first(await(second)));
  }

  @Test
  void claim_thatWasReleased_mayBeTakenAgain() {
    PostgresEventLog log = open();
    await(log.append(claiming(null, name("a"))));
    await(log.append(releasing(name("a"))));
    assertThat(await(log.holders(List.of(name("a"))))).isEmpty();

    long again = first(await(log.append(claiming(null, name("a")))));

    assertThat(await(log.holders(List.of(name("a"))))).isEqualTo(Map.of(name("a"), again));
  }

  @Test
  void claim_releasedByTheSameAppend_passesOn() {
    PostgresEventLog log = open();
    await(log.append(claiming(null, name("a"))));

    long next = first(await(log.append(releasing(name("a"), name("a")))));

    assertThat(await(log.holders(List.of(name("a"))))).isEqualTo(Map.of(name("a"), next));
  }

  @ParameterizedTest
  @ValueSource(strings = {"a\0b", "half \uD800 pair", "\uDC00"})
  void append_ofTextThatCannotBeStored_isRefusedAlone(String text) {
    PostgresEventLog log = open();
    Lane lane = new Lane();
    List<Append> bad = List.of(append(text, "{}"), append("s", text), claiming(lane, name(text)));

    Future<Appended> good = log.append(append("s", "{}"));

    for (Append append : bad) {
      assertThatThrownBy(() -> await(log.append(append)))
          .isInstanceOf(IllegalArgumentException.class);
    }
    assertThat(lane.isBroken()).isTrue();
    assertThat(await(good)).isInstanceOf(Appended.Committed.class);
  }

  @Test
  void append_ofNamesUpToTheLimit_isStored() {
    PostgresEventLog log = open();
    String longest = "ü".repeat(1_022);

    assertThat(await(log.append(claiming(null, name(longest)))))
        .isInstanceOf(Appended.Committed.class);
    assertThatThrownBy(() -> await(log.append(claiming(null, name(longest + "x")))))
        .hasMessageContaining("2049 bytes");
    assertThatThrownBy(() -> await(log.append(append("s".repeat(2_049), "{}"))))
        .hasMessageContaining("stream");
  }

  @Test
  void append_claimingANameTwice_isRefused() {
    PostgresEventLog log = open();
    Claim twice = name("a");

    assertThatThrownBy(() -> await(log.append(claiming(null, twice, twice))))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("twice");
  }

  @Test
  void append_beyondTheBound_isOverloadAndBreaksItsLane() {
    PostgresEventLog log =
        open(new LogOptions(OPTIONS.clock(), null, 512, 4 << 20, 10, OPTIONS.patience()));
    Lane lane = new Lane();

    List<Future<Appended>> appends =
        IntStream.range(0, 1_000).mapToObj(i -> log.append(append(lane, "s", "{}"))).toList();

    await(Future.join(appends).otherwiseEmpty());
    assertThat(appends).anyMatch(append -> append.cause() instanceof Overloaded);
    assertThat(lane.isBroken()).isTrue();
    assertThat(await(log.append(append(lane, "s", "{}")))).isEqualTo(new Appended.Aborted());
    assertThat(await(log.append(append("s", "{}")))).isInstanceOf(Appended.Committed.class);
  }

  @Test
  void append_fromAnEventLoop_completesThere() {
    PostgresEventLog log = open();
    Context caller = vertx().getOrCreateContext();
    Promise<Context> completedOn = Promise.promise();

    caller.runOnContext(
        nothing ->
            log.append(append("s", "{}"))
                .onComplete(done -> completedOn.complete(Vertx.currentContext())));

    assertThat(await(completedOn.future())).isSameAs(caller);
  }

  @Test
  void append_afterClose_fails() {
    PostgresEventLog log = open();
    await(log.close());

    assertThatThrownBy(() -> await(log.append(append("s", "{}")))).hasMessageContaining("closed");
  }

  @Test
  void open_again_continuesTheLog() {
    PostgresEventLog earlier = open();
    await(earlier.append(append("s", "1", "2")));
    await(earlier.close());

    PostgresEventLog log = open();

    assertThat(log.committed()).isEqualTo(2);
    assertThat(await(log.append(append("s", "3")))).isEqualTo(new Appended.Committed(3));
  }
}
