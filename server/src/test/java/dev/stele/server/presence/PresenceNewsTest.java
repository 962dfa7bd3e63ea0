package dev.stele.server.presence;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stele.server.presence.Presence.State;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What is kept of who is there, and for whom. */
final class PresenceNewsTest {
  private static final int ROOMS = 1_000;

  private final PresenceNews news = new PresenceNews();
  private final AtomicLong count = new AtomicLong();
  private final List<String> rooms =
      IntStream.range(0, ROOMS).mapToObj(number -> "!" + number).toList();

  @Test
  void put_ofMoreThanIsKept_forgetsWhoChangedLongestAgo() {
    for (int i = 0; i <= PresenceNews.MAX_PLACES / ROOMS; i++) {
      comes("@user" + i);
    }

    assertThat(news.places()).isEqualTo(PresenceNews.MAX_PLACES);
    assertThat(users()).doesNotContain("@user0").contains("@user1");
  }

  @Test
  void places_followWhoComesAndGoes() {
    comes("@user");
    comes("@user");
    news.departed("@user", "!0");
    news.departed("@user", "!0");
    news.departed("@user", "!1");
    news.arrived("@user", "!0", count::incrementAndGet);
    assertThat(news.places()).isEqualTo(ROOMS - 1);
  }

  private void comes(String userId) {
    news.put(new Presence(userId, State.ONLINE, null, 0, 0), rooms, count::incrementAndGet);
  }

  private List<String> users() {
    return news.present(List.of("!0")).stream().map(Presence::userId).toList();
  }
}
