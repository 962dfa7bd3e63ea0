package dev.stele.server.http;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class RemoteTest {
  @ParameterizedTest
  @CsvSource({
    "192.0.2.7, 192.0.2.7",
    "2001:db8:1:2:3:4:5:6, 2001:db8:1:2",
    "2001:db8:1:2:ffff:ffff:ffff:ffff, 2001:db8:1:2",
    "0:0:0:0:0:0:0:1, 0:0:0:0",
    "local, local",
  })
  void network_address_isItsFirstHalfIfIpv6(String address, String network) {
    assertThat(Remote.network(address)).isEqualTo(network);
  }
}
