package dev.stele.server.presence;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stele.server.presence.Presence.State;
import org.junit.jupiter.api.Test;

/** What follows from what a user does, and when. */
final class ActivityTest {
  private static final long NOW = 1_000_000_000;

  private final Activity polling = Activity.NONE.polling(null, NOW);

  @Test
  void state_ofWhoPolls_isOnlineUntilIdle() {
    assertThat(polling.state(NOW)).isEqualTo(State.ONLINE);
    assertThat(polling.changesIn(NOW)).isEqualTo(Activity.IDLE_MILLIS);
    assertThat(polling.state(NOW + Activity.IDLE_MILLIS - 1)).isEqualTo(State.ONLINE);
    assertThat(polling.state(NOW + Activity.IDLE_MILLIS)).isEqualTo(State.UNAVAILABLE);
    assertThat(polling.changesIn(NOW + Activity.IDLE_MILLIS)).isEqualTo(-1);
  }

  @Test
  void state_ofWhoStopsPolling_isOfflineAfterAWhile() {
    Activity gone = polling.polled(NOW + 5);

    assertThat(gone.changesIn(NOW + 5)).isEqualTo(Activity.GONE_MILLIS);
    assertThat(gone.state(NOW + 5 + Activity.GONE_MILLIS - 1)).isEqualTo(State.ONLINE);
    assertThat(gone.state(NOW + 5 + Activity.GONE_MILLIS)).isEqualTo(State.OFFLINE);
    assertThat(polling.polling(null, NOW).polled(NOW + 5).state(NOW + Activity.GONE_MILLIS * 2))
        .as("another poll is under way")
        .isEqualTo(State.ONLINE);
  }

  @Test
  void poll_ofWhoIsIdle_doesNotMakeActive() {
    long later = NOW + Activity.IDLE_MILLIS;

    assertThat(polling.polling(State.ONLINE, later).state(later)).isEqualTo(State.UNAVAILABLE);
    assertThat(polling.acting(later).state(later)).isEqualTo(State.ONLINE);
  }

  @Test
  void set_state_holdsAgainstPollsThatSayNothing() {
    Activity away = polling.set(State.UNAVAILABLE, "away", NOW);

    assertThat(away.polling(null, NOW).state(NOW)).isEqualTo(State.UNAVAILABLE);
    assertThat(away.polling(State.ONLINE, NOW).state(NOW)).isEqualTo(State.ONLINE);
    assertThat(away.polling(State.OFFLINE, NOW).state(NOW)).isEqualTo(State.UNAVAILABLE);
    assertThat(away.acting(NOW).state(NOW)).isEqualTo(State.ONLINE);
    Activity hidden = polling.set(State.OFFLINE, null, NOW);
    assertThat(hidden.acting(NOW).state(NOW)).as("wants not to be seen").isEqualTo(State.OFFLINE);
  }
}
