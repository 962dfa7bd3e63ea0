package dev.stele.server.account;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stele.server.settings.Settings;
import org.junit.jupiter.api.Test;

final class OpenRegistrationTest {
  @Test
  void at_byDefault_isOpenOnLoopbackListenersOnly() {
    OpenRegistration open =
        open(
            """
            listeners:
              - { bind: 127.0.1.1, port: 8008 }
              - { bind: 0.0.0.0, port: 8009 }
            """);

    assertThat(open.at("127.0.1.1")).isTrue();
    assertThat(open.at("0.0.0.0")).isFalse();
    assertThat(open.at("127.0.0.9")).isFalse();
  }

  @Test
  void at_enabled_isOpenEverywhere() {
    assertThat(open("registration: { enabled: true }").at("0.0.0.0")).isTrue();
  }

  @Test
  void at_disabled_isClosedEverywhere() {
    assertThat(open("registration: { enabled: false }").at("127.0.0.1")).isFalse();
  }

  @Test
  void at_tokenRequired_isClosed() {
    assertThat(open("registration: { enabled: true, require_token: true }").at("127.0.0.1"))
        .isFalse();
  }

  private static OpenRegistration open(String yaml) {
    Settings settings = Settings.fromYaml(yaml);
    return new OpenRegistration(settings.registration(), settings.listeners());
  }
}
