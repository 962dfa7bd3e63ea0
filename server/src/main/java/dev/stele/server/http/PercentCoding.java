package dev.stele.server.http;

import dev.stele.api.ErrorCode;
import java.nio.charset.CharacterCodingException;

/** RFC 3986 percent-encoding of UTF-8, decoded strictly and without NUL. */
final class PercentCoding {
  private PercentCoding() {}

  /** One segment of a path. A plus sign is a plus sign. */
  static String decodeSegment(String encoded) {
    return isPlain(encoded) ? encoded : decode(encoded, false);
  }

  /** A name or value of a query, where a plus sign stands for a space. */
  static String decodeQuery(String encoded) {
    return isPlain(encoded) && encoded.indexOf('+') < 0 ? encoded : decode(encoded, true);
  }

  private static boolean isPlain(String encoded) {
    for (int i = 0; i < encoded.length(); i++) {
      char c = encoded.charAt(i);
      if (c == '%' || c >= 0x80) {
        return false;
      }
    }
    return true;
  }

  private static String decode(String encoded, boolean plusIsSpace) {
    byte[] bytes = new byte[encoded.length()];
    int length = 0;
    for (int i = 0; i < encoded.length(); i++) {
      char c = encoded.charAt(i);
      if (c == '%') {
        bytes[length++] = (byte) nonZero(hexDigit(encoded, i + 1) << 4 | hexDigit(encoded, i + 2));
        i += 2;
      } else if (c < 0x80) {
        bytes[length++] = (byte) (c == '+' && plusIsSpace ? ' ' : c);
      } else {
        throw refusal();
      }
    }
    try {
      return Utf8.decode(bytes, length);
    } catch (CharacterCodingException e) {
      throw refusal();
    }
  }

  private static int hexDigit(String encoded, int index) {
    int digit = index < encoded.length() ? Character.digit(encoded.charAt(index), 16) : -1;
    if (digit < 0) {
      throw refusal();
    }
    return digit;
  }

  /** No name in the APIs contains NUL, and no database text may. */
  private static int nonZero(int octet) {
    if (octet == 0) {
      throw refusal();
    }
    return octet;
  }

  private static BadRequest refusal() {
    return new BadRequest(ErrorCode.INVALID_PARAM, "The URL is not percent-encoded UTF-8");
  }
}
