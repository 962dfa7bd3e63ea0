package dev.stele.stateres.sign;

import java.util.Base64;
import java.util.Optional;

/**
 * Unpadded Base64, standard and URL-safe.
 *
 * @see <a href="https://spec.matrix.org/v1.19/appendices/#unpadded-base64">Unpadded Base64</a>
 */
public final class Base64Unpadded {
  private static final Base64.Encoder STANDARD = Base64.getEncoder().withoutPadding();
  private static final Base64.Encoder URL_SAFE = Base64.getUrlEncoder().withoutPadding();

  private Base64Unpadded() {}

  /** Encodes with {@code +} and {@code /}. */
  public static String encode(byte[] bytes) {
    return STANDARD.encodeToString(bytes);
  }

  /** Encodes with {@code -} and {@code _}. */
  public static String encodeUrlSafe(byte[] bytes) {
    return URL_SAFE.encodeToString(bytes);
  }

  /** Decodes the standard alphabet, padded or not; empty when the text is malformed. */
  public static Optional<byte[]> decode(String text) {
    return decode(Base64.getDecoder(), text);
  }

  /** Decodes the URL-safe alphabet, padded or not; empty when the text is malformed. */
  public static Optional<byte[]> decodeUrlSafe(String text) {
    return decode(Base64.getUrlDecoder(), text);
  }

  private static Optional<byte[]> decode(Base64.Decoder decoder, String text) {
    try {
      return Optional.of(decoder.decode(text));
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }
}
