package dev.stele.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

final class ReadinessTest {
  private final AtomicLong clock = new AtomicLong();
  private final AtomicInteger asked = new AtomicInteger();
  private Promise<Void> answer = Promise.promise();

  private final Readiness readiness =
      new Readiness(
          () -> {
            asked.incrementAndGet();
            return answer.future();
          },
          clock::get);

  private void later() {
    clock.addAndGet(TimeUnit.SECONDS.toNanos(2));
  }

  @Test
  void obstacles_askedOften_askTheDatabaseOnceASecond() {
    later();
    answer.complete();

    assertThat(obstacles()).isEmpty();
    assertThat(obstacles()).isEmpty();
    assertThat(asked).hasValue(1);

    later();
    assertThat(obstacles()).isEmpty();
    assertThat(asked).hasValue(2);
  }

  @Test
  void obstacles_databaseThatFails_isOneUntilItAnswers() {
    later();
    answer.fail("gone");
    assertThat(obstacles()).containsExactly("database");

    answer = Promise.promise();
    answer.complete();
    later();
    assertThat(obstacles()).isEmpty();
  }

  @Test
  void obstacles_whileOneIsAsked_waitForTheSameAnswer() {
    later();
    Future<List<String>> first = readiness.obstacles();
    later();
    Future<List<String>> second = readiness.obstacles();
    assertThat(asked).hasValue(1);

    answer.complete();

    assertThat(first.await()).isEmpty();
    assertThat(second.await()).isEmpty();
  }

  @Test
  void obstacles_draining_isOneForGood() {
    readiness.drain();

    assertThat(obstacles()).containsExactly("draining");
    assertThat(asked).hasValue(0);
  }

  private List<String> obstacles() {
    return readiness.obstacles().await();
  }
}
