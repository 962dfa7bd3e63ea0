package dev.stele.server.settings;

import io.netty.util.NetUtil;
import java.math.BigInteger;
import java.net.InetAddress;
import java.util.Optional;

/**
 * A range of IP addresses, such as {@code 10.0.0.0/8} or {@code ::1}.
 *
 * @param network the addresses' common bits, right-aligned
 * @param bytes the length of an address: 4 or 16
 * @param prefix how many leading bits are common: 0 to 8 x bytes
 */
public record AddressRange(BigInteger network, int bytes, int prefix) {

  /** Reads an address, or an address and a prefix length in bits; empty when it is neither. */
  public static Optional<AddressRange> parse(String text) {
    int slash = text.indexOf('/');
    byte[] address =
        NetUtil.createByteArrayFromIpAddressString(slash < 0 ? text : text.substring(0, slash));
    if (address == null) {
      return Optional.empty();
    }
    int bits = address.length * 8;
    if (slash < 0) {
      return Optional.of(of(address, bits));
    }
    String length = text.substring(slash + 1);
    if (!length.matches("[0-9]{1,3}") || Integer.parseInt(length) > bits) {
      return Optional.empty();
    }
    return Optional.of(of(address, Integer.parseInt(length)));
  }

  /** Whether {@code address} lies in this range. */
  public boolean contains(InetAddress address) {
    byte[] raw = address.getAddress();
    return raw.length == bytes && of(raw, prefix).network().equals(network);
  }

  private static AddressRange of(byte[] address, int prefix) {
    BigInteger common = new BigInteger(1, address).shiftRight(address.length * 8 - prefix);
    return new AddressRange(common, address.length, prefix);
  }
}
