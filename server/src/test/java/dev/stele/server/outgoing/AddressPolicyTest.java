package dev.stele.server.outgoing;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stele.server.settings.AddressRange;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class AddressPolicyTest {
  private final AddressPolicy strict = new AddressPolicy(false, List.of());

  @ParameterizedTest
  @ValueSource(
      strings = {
        "127.0.0.1",
        "127.8.8.8",
        "0.0.0.0",
        "10.1.2.3",
        "100.64.0.1",
        "169.254.169.254",
        "172.31.255.255",
        "192.168.1.1",
        "198.18.0.1",
        "224.0.0.1",
        "240.0.0.1",
        "255.255.255.255",
        "::",
        "::1",
        "::7f00:1",
        "::ffff:127.0.0.1",
        "64:ff9b::7f00:1",
        "2002:7f00:1::",
        "fc00::1",
        "fd12::1",
        "fe80::1",
        "ff02::1"
      })
  void allows_special_isRefused(String address) throws UnknownHostException {
    assertThat(strict.allows(address(address))).isFalse();
    assertThat(new AddressPolicy(true, List.of()).allows(address(address))).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "1.1.1.1",
        "9.255.255.255",
        "100.128.0.1",
        "172.32.0.1",
        "223.255.255.254",
        "2606:4700::1",
        "2a00:1450::1"
      })
  void allows_public_isAllowed(String address) throws UnknownHostException {
    assertThat(strict.allows(address(address))).isTrue();
  }

  @Test
  void allows_listed_isAllowedAlone() throws UnknownHostException {
    var policy = new AddressPolicy(false, List.of(AddressRange.parse("10.0.0.0/24").orElseThrow()));

    assertThat(policy.allows(address("10.0.0.7"))).isTrue();
    assertThat(policy.allows(address("10.0.1.7"))).isFalse();
    assertThat(policy.allows(address("127.0.0.1"))).isFalse();
  }

  private static InetAddress address(String literal) throws UnknownHostException {
    return InetAddress.getAllByName(literal)[0];
  }
}
