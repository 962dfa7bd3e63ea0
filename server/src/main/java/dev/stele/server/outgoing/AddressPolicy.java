package dev.stele.server.outgoing;

import dev.stele.server.settings.AddressRange;
import dev.stele.server.settings.Settings;
import java.net.InetAddress;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Which addresses outgoing requests may go to: those of the public internet, and what the operator
 * allows besides.
 */
public final class AddressPolicy {
  /** What is no host of the public internet: IANA's special-purpose registries, and multicast. */
  private static final List<AddressRange> SPECIAL =
      Stream.of(
              "0.0.0.0/8",
              "10.0.0.0/8",
              "100.64.0.0/10",
              "127.0.0.0/8",
              "169.254.0.0/16",
              "172.16.0.0/12",
              "192.0.0.0/24",
              "192.0.2.0/24",
              "192.88.99.0/24",
              "192.168.0.0/16",
              "198.18.0.0/15",
              "198.51.100.0/24",
              "203.0.113.0/24",
              "224.0.0.0/3",
              "::/96",
              "::ffff:0:0/96",
              "64:ff9b::/96",
              "64:ff9b:1::/48",
              "100::/64",
              "2001::/23",
              "2001:db8::/32",
              "2002::/16",
              "fc00::/7",
              "fe80::/10",
              "fec0::/10",
              "ff00::/8")
          .map(AddressRange::parse)
          .map(Optional::orElseThrow)
          .toList();

  private final boolean allowAll;
  private final List<AddressRange> allowed;

  /**
   * @param allowAll whether every address is allowed
   * @param allowed special ranges that are allowed
   */
  public AddressPolicy(boolean allowAll, List<AddressRange> allowed) {
    this.allowAll = allowAll;
    this.allowed = List.copyOf(allowed);
  }

  /** What the operator has set. */
  public static AddressPolicy of(Settings settings) {
    return new AddressPolicy(
        settings.unsafe().allowPrivateAddresses(), settings.federation().allowAddresses());
  }

  /** Whether requests may go there. */
  public boolean allows(InetAddress address) {
    return allowAll || !isIn(SPECIAL, address) || isIn(allowed, address);
  }

  private static boolean isIn(List<AddressRange> ranges, InetAddress address) {
    return ranges.stream().anyMatch(range -> range.contains(address));
  }
}
