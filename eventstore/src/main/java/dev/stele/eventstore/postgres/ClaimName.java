package dev.stele.eventstore.postgres;

import dev.stele.eventstore.Claim;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Collection;
import java.util.UUID;

/**
 * What the database knows a claim by: the first half of the SHA-256 of its namespace and key. To
 * find two claims that share one takes 2^64 tries, and gains whoever finds them no more than that
 * the second of their own names is taken.
 */
final class ClaimName {
  private static final ThreadLocal<MessageDigest> SHA256 =
      ThreadLocal.withInitial(ClaimName::sha256);

  private ClaimName() {}

  static UUID of(Claim claim) {
    String name = claim.namespace() + '\n' + claim.key();
    ByteBuffer digest = ByteBuffer.wrap(SHA256.get().digest(name.getBytes(StandardCharsets.UTF_8)));
    return new UUID(digest.getLong(), digest.getLong());
  }

  static UUID[] of(Collection<Claim> claims) {
    return claims.stream().map(ClaimName::of).toArray(UUID[]::new);
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }
}
