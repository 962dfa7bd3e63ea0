package dev.stele.server.http;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class AccessLogTest {
  @ParameterizedTest
  @CsvSource({"0, 0.0", "49999, 0.0", "50000, 0.1", "1234567, 1.2", "60000000000, 60000.0"})
  void millis_nanos_haveOneDecimal(long nanos, String millis) {
    assertThat(AccessLog.millis(nanos)).isEqualTo(millis);
  }

  @Test
  void printable_controlAndForeignCharacters_areMasked() {
    assertThat(AccessLog.printable("/a\n[INFO] \u001b[31mé")).isEqualTo("/a?[INFO]??[31m?");
    assertThat(AccessLog.printable("/rooms/!a:hs/send")).isEqualTo("/rooms/!a:hs/send");
  }
}
