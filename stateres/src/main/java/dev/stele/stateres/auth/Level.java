package dev.stele.stateres.auth;

import com.fasterxml.jackson.databind.JsonNode;
import dev.stele.stateres.version.RoomVersion;
import java.math.BigInteger;
import java.util.OptionalLong;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * One power level as events write it: an integer; before version 10 also a string that spells one;
 * before version 6 also a number with a fraction, which is cut off.
 */
final class Level {
  /** The greatest level that can be written; what is beyond it, on either side, counts as this. */
  static final long MAX = Long.MAX_VALUE - 1;

  /** Numbers of so many digits fit into a long; longer ones need not be looked at. */
  private static final int SAFE_DIGITS = 18;

  private static final Pattern STRING = Pattern.compile("\\s*([+-]?)0*([0-9]+)\\s*");

  private Level() {}

  /** The level; empty when there is no value or it is no level in this version. */
  static OptionalLong of(RoomVersion version, @Nullable JsonNode value) {
    if (value == null) {
      return OptionalLong.empty();
    }
    if (value.isIntegralNumber()) {
      return OptionalLong.of(
          value.canConvertToLong() ? value.longValue() : bounded(value.bigIntegerValue()));
    }
    if (value.isTextual() && !version.integerPowerLevels()) {
      return ofString(value.textValue());
    }
    if (value.isNumber() && !version.strictCanonicalJson()) {
      return OptionalLong.of(bounded(value.decimalValue().toBigInteger()));
    }
    return OptionalLong.empty();
  }

  private static OptionalLong ofString(String text) {
    var matcher = STRING.matcher(text);
    if (!matcher.matches()) {
      return OptionalLong.empty();
    }
    String digits = matcher.group(2);
    long size = digits.length() > SAFE_DIGITS ? MAX : Long.parseLong(digits);
    return OptionalLong.of(matcher.group(1).equals("-") ? -size : size);
  }

  private static long bounded(BigInteger value) {
    if (value.bitLength() < Long.SIZE) {
      return Math.max(-MAX, Math.min(MAX, value.longValue()));
    }
    return value.signum() > 0 ? MAX : -MAX;
  }
}
