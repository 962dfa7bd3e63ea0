package dev.stele.server.account;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stele.stateres.id.UserId;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class UsernamesTest {
  private final Usernames usernames = new Usernames("hs1");

  @Test
  void wished_capitals_becomeSmall() {
    assertThat(usernames.wished("Alice.B-1_=/+").map(UserId::value)).contains("@alice.b-1_=/+:hs1");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "@alice:hs1", "al ice", "älice", "a!", "a:b", "a\0", "ĸ"})
  void wished_outsideTheGrammar_isRefused(String username) {
    assertThat(usernames.wished(username)).isEmpty();
  }

  @Test
  void wished_tooLong_isRefused() {
    assertThat(usernames.wished("a".repeat(250))).isPresent();
    assertThat(usernames.wished("a".repeat(251))).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"alice", "Alice", "@alice:hs1", "@Alice:hs1"})
  void meant_localpartOrWhole_isTheUser(String user) {
    assertThat(usernames.meant(user).map(UserId::value)).contains("@alice:hs1");
  }

  @ParameterizedTest
  @ValueSource(strings = {"@alice:hs2", "@alice", "a\0b"})
  void meant_nobodyOfThisServer_isNobody(String user) {
    assertThat(usernames.meant(user)).isEmpty();
  }
}
