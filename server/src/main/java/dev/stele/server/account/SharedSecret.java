package dev.stele.server.account;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.Ticker;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.cache.CaffeineCacheMetrics;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.HexFormat;
import java.util.Locale;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Registration by whoever knows a secret: the proof is an HMAC-SHA1 over a nonce and what is to be
 * registered. Each nonce counts once, within a minute. Thread-safe.
 */
public final class SharedSecret {
  private static final String ALGORITHM = "HmacSHA1";
  private static final Duration LIFETIME = Duration.ofMinutes(1);
  private static final int MAX_NONCES = 10_000;

  private final SecretKeySpec key;
  private final Secrets secrets = new Secrets();
  private final Cache<String, Boolean> nonces;

  /**
   * @param secret not empty
   */
  public SharedSecret(String secret, Ticker ticker) {
    this.key = new SecretKeySpec(secret.getBytes(StandardCharsets.UTF_8), ALGORITHM);
    this.nonces =
        Caffeine.newBuilder()
            .ticker(ticker)
            .expireAfterWrite(LIFETIME)
            .maximumSize(MAX_NONCES)
            .recordStats()
            .build();
  }

  /** Counts the nonces that were given out. */
  public void monitor(MeterRegistry metrics) {
    CaffeineCacheMetrics.monitor(metrics, nonces, "stele.nonces");
  }

  /** What is to be registered. */
  public record Claimed(String username, String password, boolean admin) {}

  /** A nonce that counts once. */
  public String nonce() {
    String nonce = secrets.session();
    nonces.put(nonce, true);
    return nonce;
  }

  /** Uses up a nonce; false if it was not given out, has expired, or was used. */
  public boolean spend(String nonce) {
    return nonces.asMap().remove(nonce) != null;
  }

  /** Whether {@code mac}, in hexadecimal, proves that its sender knows the secret. */
  public boolean proves(String mac, String nonce, Claimed claimed) {
    String text =
        String.join(
            "\0",
            nonce,
            claimed.username(),
            claimed.password(),
            claimed.admin() ? "admin" : "notadmin");
    return MessageDigest.isEqual(ascii(hmac(text)), ascii(mac.toLowerCase(Locale.ROOT)));
  }

  private String hmac(String text) {
    try {
      Mac hmac = Mac.getInstance(ALGORITHM);
      hmac.init(key);
      return HexFormat.of().formatHex(hmac.doFinal(text.getBytes(StandardCharsets.UTF_8)));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("this Java has no " + ALGORITHM, e);
    }
  }

  private static byte[] ascii(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
