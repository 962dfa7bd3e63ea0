package dev.stele.server.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

final class DeadlinesTest {
  private final AtomicLong now = new AtomicLong();
  private final List<String> expired = new ArrayList<>();
  private final Deadlines<String> deadlines = new Deadlines<>(10, now::get, expired::add);

  @Test
  void sweep_beforeTheLimit_endsNothing() {
    deadlines.begin("a");
    now.set(9);
    assertThat(deadlines.sweep()).isZero();
    assertThat(expired).isEmpty();
  }

  @Test
  void sweep_afterTheLimit_endsTheOldestOnce() {
    deadlines.begin("a");
    now.set(5);
    deadlines.begin("b");
    now.set(10);
    assertThat(deadlines.sweep()).isEqualTo(1);
    assertThat(deadlines.sweep()).isZero();
    assertThat(expired).containsExactly("a");
  }

  @Test
  void sweep_ended_isNotExpired() {
    deadlines.begin("a");
    deadlines.end("a");
    now.set(100);
    assertThat(deadlines.sweep()).isZero();
  }

  @Test
  void sweep_begunAgain_hasItsWholeTime() {
    deadlines.begin("a");
    deadlines.begin("b");
    now.set(5);
    deadlines.begin("a");
    now.set(10);
    deadlines.sweep();
    assertThat(expired).containsExactly("b");
  }

  @Test
  void expiry_maySetTheNextDeadline() {
    List<Deadlines<String>> self = new ArrayList<>();
    var renewing = new Deadlines<String>(10, now::get, thing -> self.get(0).begin(thing));
    self.add(renewing);
    renewing.begin("a");
    now.set(10);
    assertThat(renewing.sweep()).isEqualTo(1);
    now.set(20);
    assertThat(renewing.sweep()).isEqualTo(1);
  }
}
