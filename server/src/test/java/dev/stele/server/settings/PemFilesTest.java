package dev.stele.server.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.vertx.core.net.SelfSignedCertificate;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class PemFilesTest {
  private static final SelfSignedCertificate PAIR = SelfSignedCertificate.create("localhost");

  @TempDir Path directory;

  @AfterAll
  static void deleteThePair() {
    PAIR.delete();
  }

  @Test
  void tls_certificateAndKey_areTaken() {
    Listener listener = load(PAIR.certificatePath(), PAIR.privateKeyPath());

    assertThat(listener.tls())
        .contains(
            new Listener.Tls(Path.of(PAIR.certificatePath()), Path.of(PAIR.privateKeyPath())));
    assertThat(listener.url(8448)).isEqualTo("https://127.0.0.1:8448");
  }

  @Test
  void tls_halfAPair_isRefused() {
    assertThatThrownBy(
            () ->
                Settings.fromYaml(
                    "listeners: [{tls: {private_key: '" + PAIR.privateKeyPath() + "'}}]"))
        .hasMessage("settings:1: listeners[0].tls.private_key: needs tls.certificate as well");
  }

  @Test
  void tls_filesThatAreNotWhatTheyShould_areNamed() throws IOException {
    Path other =
        Files.writeString(directory.resolve("other.pem"), "-----BEGIN RSA PRIVATE KEY-----");
    Path none = directory.resolve("none.pem");

    assertThatThrownBy(() -> load(none.toString(), PAIR.privateKeyPath()))
        .hasMessage(
            "settings:1: listeners[0].tls.certificate: "
                + none
                + " (expected: a file that exists)");
    assertThatThrownBy(() -> load(other.toString(), PAIR.privateKeyPath()))
        .hasMessageContaining(
            "tls.certificate: " + other + " (expected: a PEM file of certificates");
    assertThatThrownBy(() -> load(PAIR.certificatePath(), other.toString()))
        .hasMessageContaining("tls.private_key: " + other)
        .hasMessageContaining("PKCS#8");
    assertThatThrownBy(() -> load(directory.toString(), PAIR.privateKeyPath()))
        .hasMessageContaining(
            "tls.certificate: " + directory + " (expected: a file that can be read)");
  }

  private static Listener load(String certificate, String key) {
    return Settings.fromYaml(
            "listeners: [{tls: {certificate: '%s', private_key: '%s'}}]"
                .formatted(certificate, key))
        .listeners()
        .get(0);
  }
}
