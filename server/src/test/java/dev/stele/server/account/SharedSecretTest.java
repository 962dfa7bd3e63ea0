package dev.stele.server.account;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stele.server.account.SharedSecret.Claimed;
import java.time.Duration;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

final class SharedSecretTest {
  private final AtomicLong nanos = new AtomicLong();
  private final SharedSecret secret = new SharedSecret("shared", nanos::get);

  @Test
  void proves_macOfExactlyWhatIsClaimed_isTrue() {
    // HMAC-SHA1 of NONCE, alice, pw and notadmin, joined by NUL.
    String mac = "0f84c4bfd43ca967be84e52b9a8bf804c79b2181";

    assertThat(secret.proves(mac, "NONCE", new Claimed("alice", "pw", false))).isTrue();
    assertThat(
            secret.proves(mac.toUpperCase(Locale.ROOT), "NONCE", new Claimed("alice", "pw", false)))
        .isTrue();
    assertThat(secret.proves(mac, "NONCE", new Claimed("alice", "pw", true))).isFalse();
    assertThat(secret.proves(mac, "NONCE", new Claimed("alicia", "pw", false))).isFalse();
    assertThat(secret.proves(mac, "OTHER", new Claimed("alice", "pw", false))).isFalse();
    assertThat(secret.proves("", "NONCE", new Claimed("alice", "pw", false))).isFalse();
  }

  @Test
  void spend_nonceTwice_countsOnce() {
    String nonce = secret.nonce();

    assertThat(secret.spend(nonce)).isTrue();
    assertThat(secret.spend(nonce)).isFalse();
  }

  @Test
  void spend_unknownOrExpiredNonce_countsNot() {
    String nonce = secret.nonce();
    nanos.addAndGet(Duration.ofSeconds(61).toNanos());

    assertThat(secret.spend(nonce)).isFalse();
    assertThat(secret.spend("made up")).isFalse();
  }
}
