package dev.stele.server.account;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stele.server.account.PasswordHash.Cost;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class PasswordHashTest {
  private static final byte[] SALT = "sixteen bytes ok".getBytes(StandardCharsets.UTF_8);

  @Test
  void phc_recommendedCost_namesAlgorithmAndCost() {
    assertThat(PasswordHash.of("wachtwoord", Cost.RECOMMENDED, SALT).phc())
        .startsWith("$argon2id$v=19$m=19456,t=2,p=1$c2l4dGVlbiBieXRlcyBvaw$")
        .doesNotContain("wachtwoord");
  }

  @Test
  void matches_hashReadBack_acceptsOnlyTheSamePassword() {
    String phc = PasswordHash.of("päßword\uD83D\uDD11", Cost.CHEAP, SALT).phc();

    PasswordHash read = PasswordHash.parse(phc).orElseThrow();

    assertThat(read.phc()).isEqualTo(phc);
    assertThat(read.matches("päßword\uD83D\uDD11")).isTrue();
    assertThat(read.matches("päßword")).isFalse();
    assertThat(read.matches("")).isFalse();
  }

  @Test
  void of_otherSalt_givesAnotherHash() {
    byte[] other = SALT.clone();
    other[0]++;

    assertThat(PasswordHash.of("same", Cost.CHEAP, SALT).phc())
        .isNotEqualTo(PasswordHash.of("same", Cost.CHEAP, other).phc());
  }

  @Test
  void matches_hashOfTheReferenceImplementation_agrees() {
    // From the test vectors of the reference implementation: argon2id, version 0x13.
    String phc =
        "$argon2id$v=19$m=65536,t=2,p=1$c29tZXNhbHQ"
            + "$CTFhFdXPJO1aFaMaO6Mm5c8y7cJHAph8ArZWb2GRPPc";

    assertThat(PasswordHash.parse(phc).orElseThrow().matches("password")).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "password",
        "$argon2i$v=19$m=64,t=1,p=1$c29tZXNhbHQ$AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA",
        "$argon2id$v=19$m=4,t=1,p=1$c29tZXNhbHQ$AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA",
        "$argon2id$v=19$m=64,t=0,p=1$c29tZXNhbHQ$AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA",
        "$argon2id$v=19$m=99999999,t=1,p=1$c29tZXNhbHQ$AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA"
      })
  void parse_otherText_isNoHash(String text) {
    assertThat(PasswordHash.parse(text)).isEmpty();
  }
}
